"""The one style sheet of the worker's page: light and dark by what the reader's system prefers."""

STYLE = """
:root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --ink: #1b1f24; --soft: #59636e; --line: #d8dee4;
  --link: #0a58ca; --good: #116329; --good-ground: #dff5e3; --warn: #7a4d00; --warn-ground: #fff1cc;
  --bad: #9b1c1c; --bad-ground: #fde4e4; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0f1318; --card: #181d24; --ink: #e6eaef; --soft: #9ba6b2; --line: #2d343d;
    --link: #7db4ff; --good: #7ee2a0; --good-ground: #12331f; --warn: #f5cf73; --warn-ground: #3a2c08;
    --bad: #ff9d9d; --bad-ground: #431a1c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.25rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; justify-content: space-between; }
h1 { font-size: 1.4rem; margin: 0; } h1 span { color: var(--soft); font-weight: 400; }
nav { display: flex; flex-wrap: wrap; gap: 1rem; }
a { color: var(--link); } a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0;
  padding: .9rem 1.1rem; }
.wide { overflow-x: auto; }
.status a { color: inherit; }
.status h2 { margin: 0; font-size: 1.25rem; } .status p { margin: .2rem 0; } .status ul { margin: .4rem 0 0; }
.good { color: var(--good); background: var(--good-ground); }
.warn { color: var(--warn); background: var(--warn-ground); }
.bad { color: var(--bad); background: var(--bad-ground); }
.status { border-color: currentColor; border-left-width: .5rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin: 0; }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
dt { color: var(--soft); font-size: .9rem; } dd { margin: 0; font-size: 1.6rem; font-variant-numeric: tabular-nums; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; }
.two { margin: 1rem 0; } .two section { min-width: 0; margin: 0; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { text-align: left; padding: .35rem .9rem .35rem 0; border-top: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--soft); font-weight: 400; font-size: .9rem; border-top: 0; } tbody th { font-weight: 600; }
td { font-variant-numeric: tabular-nums; }
code { font: .9em/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
meter { width: 7rem; vertical-align: middle; }
.badge { border-radius: 1rem; padding: .1rem .6rem; white-space: nowrap; } .plain { color: var(--soft); }
.none { margin: 0; color: var(--soft); } footer { color: var(--soft); font-size: .9rem; }
"""
