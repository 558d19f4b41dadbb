"""The information rules: Regulation (EU) 2015/847 and, since 30 December 2024, Regulation (EU) 2023/1113."""
