/* Says of nearly every text, in one pass, that no place and no listed number can be in it. What it lets through is
   looked at in Python (geography.py, numbers.py), which is the reference: a sieve may let through too much, never too
   little.

   A sieve is a table of checksums of keys, as bytes: made here, held and handed on by Python. Whatever bytes come back
   are only ever read within their size. Texts are ASCII; callers see to that. */

#define SIEVE_BASE 0x9E3779B97F4A7C15ull
#define FUZZY_LETTERS_MAX 62
#define NUMBER_LETTERS_MIN 5
#define TELLING_DIGITS 9
#define BIC_LETTERS 8
#define IMO_LETTERS 10
#define SERIES_LETTERS 3

typedef struct {
    const char *slots;
    uint64_t mask;
} KeyTable;

/* The checksum of some letters followed by others is that of the first, times BASE as often as others follow, and
   theirs: so parts of a word need not be read again. */
static uint64_t key_hash(const uint8_t *letters, Py_ssize_t size)
{
    uint64_t hash = 0;
    for (Py_ssize_t i = 0; i < size; i++) hash = hash * SIEVE_BASE + letters[i];
    return hash;
}

static uint64_t stirred(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93ull;
    return hash ^ hash >> 32;
}

/* The slot where this checksum stands, or the empty one where it would stand, or -1; `mark` is what stands there. */
static int64_t slot_of(const KeyTable *sieve, uint64_t hash, uint32_t *mark)
{
    uint64_t at = stirred(hash);
    *mark = (uint32_t)at | 1;
    at = at >> 32 & sieve->mask;
    for (uint64_t looked = 0; looked <= sieve->mask; looked++, at = (at + 1) & sieve->mask) {
        uint32_t stands;
        memcpy(&stands, sieve->slots + at * sizeof stands, sizeof stands);
        if (stands == 0 || stands == *mark) return (int64_t)at;
    }
    return -1;
}

static int holds(const KeyTable *sieve, uint64_t hash)
{
    uint32_t mark, stands = 0;
    int64_t at = slot_of(sieve, hash, &mark);
    if (at >= 0) memcpy(&stands, sieve->slots + (uint64_t)at * sizeof stands, sizeof stands);
    return stands == mark;
}

static const uint8_t *ascii_letters(PyObject *text, Py_ssize_t *size)
{
    const char *letters = PyUnicode_AsUTF8AndSize(text, size);
    if (letters != NULL && PyUnicode_GetLength(text) == *size) return (const uint8_t *)letters;
    if (letters != NULL || PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        PyErr_SetString(PyExc_ValueError, "the text is not ASCII");
    return NULL;
}

/* key_table(keys): a tuple of ASCII strings -> bytes. */
static PyObject *make_key_table(PyObject *Py_UNUSED(module), PyObject *keys)
{
    if (!PyTuple_Check(keys)) return PyErr_Format(PyExc_TypeError, "the keys of a sieve are a tuple");
    uint64_t slots = 16, count = (uint64_t)PyTuple_Size(keys);
    while (slots < 2 * count) slots *= 2;
    PyObject *made = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(slots * sizeof(uint32_t)));
    if (made == NULL) return NULL;
    char *table = PyBytes_AsString(made);
    memset(table, 0, slots * sizeof(uint32_t));
    KeyTable sieve = {table, slots - 1};
    for (uint64_t i = 0; i < count; i++) {
        Py_ssize_t size;
        const uint8_t *letters = ascii_letters(PyTuple_GetItem(keys, (Py_ssize_t)i), &size);
        if (letters == NULL) {
            Py_DECREF(made);
            return NULL;
        }
        uint32_t mark;
        int64_t at = slot_of(&sieve, key_hash(letters, size), &mark);
        memcpy(table + (uint64_t)at * sizeof mark, &mark, sizeof mark); /* half the slots are free */
    }
    return made;
}

static int take_key_table(PyObject *table, KeyTable *sieve)
{
    char *slots;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(table, &slots, &size) < 0) return -1;
    uint64_t count = (uint64_t)size / sizeof(uint32_t);
    if (count == 0 || count * sizeof(uint32_t) != (uint64_t)size || (count & (count - 1)) != 0) {
        PyErr_SetString(PyExc_ValueError, "a sieve has another size");
        return -1;
    }
    sieve->slots = slots;
    sieve->mask = count - 1;
    return 0;
}

static uint8_t lower(uint8_t c) { return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 'a' - 'A') : c; }

static uint8_t upper(uint8_t c) { return c >= 'a' && c <= 'z' ? (uint8_t)(c + 'A' - 'a') : c; }

static int is_letter_or_digit(uint8_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* Whether a word, or one a mistake away from it, is in the sieve: `heads[n]` is the checksum of its first n letters. A
   key of a word with a mistake is the word, whole or without one of its letters, "~", and its first letter. */
static int may_begin(const KeyTable *sieve, uint8_t first, const uint64_t *heads, Py_ssize_t size, int misspelt)
{
    uint64_t whole = heads[size], end = '~' * SIEVE_BASE + first, power = 1;
    if (holds(sieve, whole)) return 1;
    if (!misspelt) return 0;
    if (holds(sieve, whole * SIEVE_BASE * SIEVE_BASE + end)) return 1;
    for (Py_ssize_t cut = size - 1; cut >= 0; cut--, power *= SIEVE_BASE) {
        uint64_t rest = heads[cut] * power + (whole - heads[cut + 1] * power);
        if (holds(sieve, rest * SIEVE_BASE * SIEVE_BASE + end)) return 1;
    }
    return 0;
}

/* may_name_a_place(sieve, text, least, most): whether a word of the text begins a name of the sieve, or has `least` to
   `most` letters and is one mistake away from one. geography.may_name_a_place() says what a word is. */
static PyObject *may_name_a_place(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *table, *text;
    Py_ssize_t least, most, size;
    KeyTable sieve;
    uint64_t heads[FUZZY_LETTERS_MAX + 1] = {0};
    if (!PyArg_ParseTuple(args, "O!O!nn", &PyBytes_Type, &table, &PyUnicode_Type, &text, &least, &most)) return NULL;
    if (least < 1 || most > FUZZY_LETTERS_MAX) return PyErr_Format(PyExc_ValueError, "misspelt words have another length");
    const uint8_t *letters = ascii_letters(text, &size);
    if (letters == NULL || take_key_table(table, &sieve) < 0) return NULL;
    for (Py_ssize_t i = 0; i < size; i++) {
        if (!is_letter_or_digit(letters[i])) continue;
        uint8_t first = lower(letters[i]);
        Py_ssize_t long_ = 0;
        uint64_t hash = 0;
        for (; i < size; i++) {
            if (is_letter_or_digit(letters[i])) {
                hash = hash * SIEVE_BASE + lower(letters[i]);
                if (++long_ <= FUZZY_LETTERS_MAX) heads[long_] = hash;
            } else if (letters[i] != '\'' || i + 1 == size || !is_letter_or_digit(letters[i + 1])) break;
        }
        if (long_ <= FUZZY_LETTERS_MAX && may_begin(&sieve, first, heads, long_, least <= long_ && long_ <= most))
            Py_RETURN_TRUE;
    }
    Py_RETURN_FALSE;
}

/* Letters and digits of a word, or of a part of one, upper case, as they are read. */
typedef struct {
    uint64_t hash, power, heads[BIC_LETTERS + 1];
    Py_ssize_t size;
} Run;

static void begin(Run *run)
{
    run->hash = 0, run->power = 1, run->size = 0;
}

static void add(Run *run, uint8_t c)
{
    run->hash = run->hash * SIEVE_BASE + c;
    run->power *= SIEVE_BASE;
    if (++run->size <= BIC_LETTERS) run->heads[run->size] = run->hash;
}

/* The key of a BIC is its first eight characters and "*". */
static int holds_bic(const KeyTable *sieve, uint64_t first_eight) { return holds(sieve, first_eight * SIEVE_BASE + '*'); }

static int may_be_listed(const KeyTable *sieve, const Run *run)
{
    if (run->size < NUMBER_LETTERS_MIN) return 0;
    return holds(sieve, run->hash) || (run->size >= BIC_LETTERS && holds_bic(sieve, run->heads[BIC_LETTERS]));
}

/* The number in two words: "SE 012820". */
static int may_be_a_series(const KeyTable *sieve, const Run *series, const Run *number)
{
    if (series->size + number->size < NUMBER_LETTERS_MIN) return 0;
    if (holds(sieve, series->hash * number->power + number->hash)) return 1;
    Py_ssize_t rest = BIC_LETTERS - series->size;
    if (number->size < rest) return 0;
    uint64_t head = series->hash;
    for (Py_ssize_t i = 0; i < rest; i++) head *= SIEVE_BASE;
    return holds_bic(sieve, head + number->heads[rest]);
}

/* One word, of what numbers._candidates() takes from it: all of it, its parts, what follows "IMO" or its letters, and
   with the series before it; 1 where one may be listed. Leaves in `series` what it may be to the next word. */
static int word_may_be_listed(const KeyTable *sieve, const uint8_t *letters, Py_ssize_t size, Run *series)
{
    Run whole, part, digits;
    int only_letters = 1;
    begin(&whole), begin(&part), begin(&digits);
    for (Py_ssize_t i = 0; i < size; i++) {
        uint8_t c = letters[i];
        if (c == '@') return 1; /* an address of e-mail keeps its dots; there are few */
        if (c == '-' || c == '#' || c == '.') {
            if (may_be_listed(sieve, &part)) return 1;
            begin(&part);
        }
        if (!is_letter_or_digit(c)) continue;
        c = upper(c);
        if (c < 'A') only_letters = 0;
        add(&whole, c), add(&part, c);
        if (!only_letters) add(&digits, c);
    }
    if (may_be_listed(sieve, &whole) || (part.size < whole.size && may_be_listed(sieve, &part))) return 1;
    if (digits.size < whole.size && digits.size >= TELLING_DIGITS && holds(sieve, digits.hash)) return 1;
    if (whole.size == IMO_LETTERS) {
        uint64_t head = whole.heads[3];
        for (Py_ssize_t i = 3; i < IMO_LETTERS; i++) head *= SIEVE_BASE;
        if (holds(sieve, whole.hash - head)) return 1;
    }
    if (series->size > 0 && may_be_a_series(sieve, series, &whole)) return 1;
    *series = whole;
    if (!only_letters || whole.size > SERIES_LETTERS) series->size = 0;
    return 0;
}

/* What ends a word: numbers._WORD. */
static int separates(uint8_t c)
{
    switch (c) {
    case ' ': case '\t': case '\n': case '\v': case '\f': case '\r': case 0x1c: case 0x1d: case 0x1e: case 0x1f:
    case ',': case ':': case ';': case '(': case ')': case '[': case ']': case '/': case '"': case '\'':
        return 1;
    default:
        return 0;
    }
}

/* may_hold_a_number(sieve, text): whether a number or BIC of the sieve may stand in the text. */
static PyObject *may_hold_a_number(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *table, *text;
    Py_ssize_t size;
    KeyTable sieve;
    Run series;
    if (!PyArg_ParseTuple(args, "O!O!", &PyBytes_Type, &table, &PyUnicode_Type, &text)) return NULL;
    const uint8_t *letters = ascii_letters(text, &size);
    if (letters == NULL || take_key_table(table, &sieve) < 0) return NULL;
    begin(&series);
    for (Py_ssize_t i = 0, end; i < size; i = end + 1) {
        for (end = i; end < size && !separates(letters[end]); end++) {}
        if (end > i && word_may_be_listed(&sieve, letters + i, end - i, &series)) Py_RETURN_TRUE;
    }
    Py_RETURN_FALSE;
}
