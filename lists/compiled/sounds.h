/* sound_key() and consonant_key() of sounds.py, in place: what replaces is never longer. Words are ASCII. */

enum { GROUPS_MAX = 64, GROUP_LETTERS = 8 };

static char groups[GROUPS_MAX][2][GROUP_LETTERS + 1]; /* sounds.py's, in order: letters, sound */
static Py_ssize_t group_count;

static int is_in(uint8_t letter, const char *letters) { return letter && strchr(letters, letter) != NULL; }

static int all_digits(const uint8_t *word, Py_ssize_t size)
{
    for (Py_ssize_t i = 0; i < size; i++)
        if (word[i] < '0' || word[i] > '9') return 0;
    return size > 0;
}

/* str.replace: left to right; what replaces is never longer. */
static Py_ssize_t replace(uint8_t *word, Py_ssize_t size, const char *group, const char *sound)
{
    size_t letters = strlen(group), written = strlen(sound);
    Py_ssize_t to = 0;
    for (Py_ssize_t i = 0; i < size;) {
        if ((size_t)(size - i) >= letters && memcmp(word + i, group, letters) == 0) {
            memcpy(word + to, sound, written);
            to += (Py_ssize_t)written;
            i += (Py_ssize_t)letters;
        } else
            word[to++] = word[i++];
    }
    return to;
}

/* Each row of one letter or more of `letters` (at most one letter of `tail` after it) becomes one sound; a row is
   `least` letters long at least. */
static Py_ssize_t rows(uint8_t *word, Py_ssize_t size, const char *letters, const char *tail, int least, uint8_t sound)
{
    Py_ssize_t to = 0;
    for (Py_ssize_t i = 0; i < size;) {
        Py_ssize_t end = i;
        while (end < size && is_in(word[end], letters)) end++;
        if (end - i >= least) {
            if (end < size && is_in(word[end], tail)) end++;
            word[to++] = sound;
            i = end;
        } else {
            Py_ssize_t next = end > i ? end : i + 1;
            while (i < next) word[to++] = word[i++];
        }
    }
    return to;
}

/* Two letters, the first `head`, the second one of `seconds`, become one sound. */
static Py_ssize_t twos(uint8_t *word, Py_ssize_t size, uint8_t head, const char *seconds, uint8_t sound)
{
    Py_ssize_t to = 0;
    for (Py_ssize_t i = 0; i < size; to++) {
        int both = word[i] == head && i + 1 < size && is_in(word[i + 1], seconds);
        word[to] = both ? sound : word[i];
        i += both ? 2 : 1;
    }
    return to;
}

static Py_ssize_t single(uint8_t *word, Py_ssize_t size)
{
    Py_ssize_t to = 0;
    for (Py_ssize_t i = 0; i < size; i++)
        if (i + 1 == size || word[i] != word[i + 1]) word[to++] = word[i];
    return to;
}

static Py_ssize_t without_silent_h(uint8_t *word, Py_ssize_t size)
{
    Py_ssize_t to = 0;
    uint8_t before = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        uint8_t letter = word[i];
        int last = i + 1 == size;
        int silent = letter == 'h' && before && (is_in(before, "aui") ? last || !is_in(word[i + 1], "aui") : !last);
        if (!silent) word[to++] = letter;
        before = letter;
    }
    return to;
}

/* sound_key(), in place. */
static Py_ssize_t sound(uint8_t *word, Py_ssize_t size)
{
    char has[256] = {1}; /* the end of a group of one letter counts as there */
    if (size < 3 || all_digits(word, size)) return size;
    for (Py_ssize_t i = 0; i < size; i++) has[word[i]] = 1;
    for (Py_ssize_t k = 0; k < group_count; k++) {
        if (!has[(uint8_t)groups[k][0][0]] || !has[(uint8_t)groups[k][0][1]]) continue;
        size = replace(word, size, groups[k][0], groups[k][1]);
        for (const char *letter = groups[k][1]; *letter; letter++) has[(uint8_t)*letter] = 1;
    }
    memset(has, 0, sizeof has);
    for (Py_ssize_t i = 0; i < size; i++) has[word[i]] = 1;
#define HAS(letter) has[(uint8_t)(letter)]
    int iyj = HAS('i') || HAS('y') || HAS('j');
    if (HAS('c')) {
        if (size > 2 && memcmp(word + size - 3, "vic", 3) == 0) word[size - 1] = 'x';
        for (Py_ssize_t i = 0; i < size; i++)
            if (word[i] == 'c') word[i] = i + 1 < size && is_in(word[i + 1], "eiy") ? 's' : 'k';
    }
    if (HAS('f')) {
        Py_ssize_t end = size;
        while (end > 0 && word[end - 1] == 'f') end--;
        if (end < size && end > 0 && word[end - 1] == 'o') {
            word[end] = 'v';
            size = end + 1;
        }
    }
    if (iyj && size > 0) {
        static const char *const ENDS[] = {"iy", "yy", "ii", "ij", "ey", "ei"};
        int two = 0;
        for (int k = 0; k < 6 && size > 1; k++) two |= memcmp(word + size - 2, ENDS[k], 2) == 0;
        if (two) size--;
        if (two || is_in(word[size - 1], "iy")) word[size - 1] = 'i';
    }
    if (HAS('o')) size = twos(word, size, 'o', "uo", 'u');
    if (HAS('e')) size = twos(word, size, 'e', "ea", 'i');
    if (iyj || HAS('e'))
        for (Py_ssize_t i = 1; i + 1 < size; i++)
            if (is_in(word[i], "iyj") && is_in(word[i + 1], "aeou")) word[i] = 'i';
    if (HAS('e') && size > 1 && word[1] == 'e') {
        int je = word[0] == 'j' && size > 2 && !(word[2] >= 'a' && word[2] <= 'z');
        if (word[0] == 'y' || word[0] == 'i' || je) memmove(word, word + 1, (size_t)--size);
    }
    if (HAS('y'))
        for (Py_ssize_t i = 0; i < size; i++)
            if (word[i] == 'y') word[i] = 'i';
    if (HAS('a') || HAS('e')) size = rows(word, size, "ae", "iu", 1, 'a');
    if (HAS('o') || HAS('u')) size = rows(word, size, "ou", "", 1, 'u');
    if (iyj || HAS('e')) size = rows(word, size, "i", "", 2, 'i');
    if (HAS('h')) size = without_silent_h(word, size);
#undef HAS
    return single(word, size);
}

/* consonant_key() of a sound key, in place. */
static Py_ssize_t consonants(uint8_t *word, Py_ssize_t size)
{
    static const char FROM[] = "gqkvpdtzsj", TO[] = "kkkfbttssj";
    Py_ssize_t to = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        const char *class = is_in(word[i], FROM) ? strchr(FROM, word[i]) : NULL;
        uint8_t letter = class ? (uint8_t)TO[class - FROM] : word[i];
        if (i == 0)
            word[to++] = letter == 'i' || letter == 'u' ? 'a' : letter;
        else if (!is_in(letter, "aiuh"))
            word[to++] = letter;
    }
    return single(word, to);
}

