/* The words of payments that are known: what each may stand for and how much it proves, as Python worked it out. And
   names cut into words, those that need no more for it than blanks. Callers: sieve.h. */

typedef struct {
    int32_t word;
    float weight;
    double similarity, points; /* points: similarity to the power at which it counts */
} Meaning;

typedef struct {
    Meaning *rows;
    int32_t count; /* below 0: not worked out */
} Meanings;

/* Flags of a word. */
enum { REWRITTEN = 1, CUT_LEGAL_WORD = 2, BEGINS_A_WORD = 4, PATRONYMIC = 8, SON = 16, GOES_ON = 32, FAITH = 64 };

typedef struct Known {
    struct Known *next;
    Meanings whole, begun; /* the word; the word as the beginning of one that was cut off */
    double bits;
    uint32_t hash, size;
    int32_t flags, half; /* half: letters of the first of the two words it is; 0 where it is one */
    uint8_t letters[];
} Known;

typedef struct {
    Known **buckets;
    Py_ssize_t count, most;
    int32_t generation; /* how often all was forgotten */
} Lexicon;

enum { LEXICON_BUCKETS = 1 << 16, BUCKET_WORDS = 64, WORD_LETTERS_MAX = 64 };

static Known *look_up(const Lexicon *lexicon, const uint8_t *letters, Py_ssize_t size)
{
    uint32_t hash = hash_of(letters, size);
    Known *known = lexicon->buckets[(hash ^ hash >> 16) % LEXICON_BUCKETS];
    while (known != NULL && (known->hash != hash || known->size != size || memcmp(known->letters, letters, (size_t)size) != 0))
        known = known->next;
    return known;
}

static void forget(Lexicon *lexicon)
{
    for (Py_ssize_t i = 0; lexicon->buckets != NULL && i < LEXICON_BUCKETS; i++)
        for (Known *known = lexicon->buckets[i], *next; known != NULL; known = next) {
            next = known->next;
            free(known->whole.rows);
            free(known->begun.rows);
            free(known);
        }
    if (lexicon->buckets != NULL) memset(lexicon->buckets, 0, LEXICON_BUCKETS * sizeof *lexicon->buckets);
    lexicon->count = 0;
    lexicon->generation++;
}

/* Whether a bucket holds as many words as no honest traffic puts there: whoever makes words up for it finds it emptied. */
static int is_full(const Known *known)
{
    int words = 0;
    for (; known != NULL; known = known->next) words++;
    return words >= BUCKET_WORDS;
}

/* Gives the word a place of its own, if it has none; all are forgotten once they are too many. */
static Known *place_for(Lexicon *lexicon, const uint8_t *letters, Py_ssize_t size)
{
    Known *known = look_up(lexicon, letters, size);
    if (known != NULL) return known;
    uint32_t hash = hash_of(letters, size);
    Known **bucket = &lexicon->buckets[(hash ^ hash >> 16) % LEXICON_BUCKETS];
    if (lexicon->count >= lexicon->most || is_full(*bucket)) forget(lexicon);
    known = calloc(1, sizeof *known + (size_t)size);
    if (known == NULL) return (Known *)PyErr_NoMemory();
    memcpy(known->letters, letters, (size_t)size);
    known->size = (uint32_t)size;
    known->hash = hash;
    known->whole.count = known->begun.count = -1;
    known->next = *bucket;
    *bucket = known;
    lexicon->count++;
    return known;
}

static void set_meaning(Meaning *meaning, int32_t word, double similarity, double power)
{
    meaning->word = word;
    meaning->similarity = similarity;
    meaning->points = pow(similarity, power);
    meaning->weight = (float)meaning->points;
}

/* Copies {word: similarity}, whose words are below `words`; a similarity is a share above 0. */
static int note_meanings(Meanings *meanings, PyObject *similarities, Py_ssize_t words, double power)
{
    PyObject *word, *similarity;
    Py_ssize_t at = 0, count = PyDict_Size(similarities), filled = 0;
    Meaning *rows = malloc(((size_t)count + 1) * sizeof *rows);
    if (rows == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    while (filled < count && PyDict_Next(similarities, &at, &word, &similarity)) {
        long number = PyLong_Check(word) ? PyLong_AsLong(word) : -1;
        double alike = PyFloat_Check(similarity) ? PyFloat_AsDouble(similarity) : -1.0;
        if (number < 0 || number >= words || !(alike > 0.0 && alike <= 1.0)) {
            free(rows);
            if (!PyErr_Occurred()) PyErr_Format(PyExc_ValueError, "a word stands for %R, or not by a share", word);
            return -1;
        }
        set_meaning(&rows[filled++], (int32_t)number, alike, power);
    }
    free(meanings->rows);
    meanings->rows = rows;
    meanings->count = (int32_t)filled;
    return 0;
}

/* A word of a batch: its letters in the text of that, and what is known of it since a generation of the lexicon. */
typedef struct {
    uint32_t at, size;
    const Known *known;
    int32_t generation;
} Piece;

static const Known *known_piece(const Lexicon *lexicon, const uint8_t *letters, Piece *piece)
{
    if (piece->known == NULL || piece->generation != lexicon->generation) {
        piece->known = look_up(lexicon, letters + piece->at, piece->size);
        piece->generation = lexicon->generation;
    }
    return piece->known;
}

typedef struct {
    Py_ssize_t name;           /* below 0: taken back */
    Py_ssize_t first, tokens;  /* pieces: the words as they are compared */
    Py_ssize_t plain, written; /* and as they stand */
    int simple;                /* cut here, not in Python: its letters are its folded line */
} Row;

static int is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

static int is_small(uint8_t c) { return c >= 'a' && c <= 'z'; }

static int is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

static int is_blank(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31); }

static Py_ssize_t begins(const uint8_t *text, Py_ssize_t size, const char *head)
{
    Py_ssize_t i = 0;
    for (; head[i]; i++)
        if (i >= size || (text[i] >= 'A' && text[i] <= 'Z' ? text[i] | 32 : text[i]) != (uint8_t)head[i]) return 0;
    return i;
}

/* Whether what begins here may part two names: _MAY_SEPARATE of question.py after a character that is no word's. */
static int may_separate(const uint8_t *text, Py_ssize_t size)
{
    static const char *const HEADS[] = {"aka", "fka", "nka", "alias", "dba", "trading as", "attn", "nee", "on behalf"};
    static const char *const JOINS[] = {"or", "and", "et", "ou", "und", "y", "e"};
    if (size == 0 || memchr("aAfFnNdDtToOeEuUyY", text[0], 18) == NULL) return 0;
    for (size_t k = 0; k < sizeof HEADS / sizeof *HEADS; k++)
        if (begins(text, size, HEADS[k])) return 1;
    for (size_t k = 0; k < sizeof JOINS / sizeof *JOINS; k++) {
        Py_ssize_t at = begins(text, size, JOINS[k]), blanks = at;
        while (at && blanks < size && is_blank(text[blanks])) blanks++;
        if (blanks > at && blanks < size && memchr("mfhsMFHS", text[blanks], 8) != NULL) return 1;
    }
    return 0;
}

/* Whether a capital begins a word here: _CAMEL of question.py. */
static int is_camel(const uint8_t *text, Py_ssize_t size, Py_ssize_t at)
{
    return at >= 2 && at + 2 < size && is_small(text[at - 1]) && is_small(text[at - 2]) && is_letter(text[at + 1]) &&
           is_letter(text[at + 2]);
}

/* Whether words as they stand are what the name's words are, as far as their sequence goes: no letters parted by blanks,
   no Spanish legal form of several words. */
static int stands_alone(const uint8_t *letters, const Piece *before, const Piece *word)
{
    if (before->size == 1 && word->size == 1) return 0;
    if (before->size != 2 || memcmp(letters + before->at, "de", 2) != 0) return 1;
    uint8_t head = letters[word->at], next = word->size > 1 ? letters[word->at + 1] : 0;
    return !(word->size <= 2 && ((head == 'c' && (!next || next == 'v')) || (head == 'r' && (!next || next == 'l'))));
}

/* Folds an ASCII name and notes its words: 1; 0 where that takes more than blanks (marks between letters, several names
   in one); -1 where the memory is full. Rules: fold() of folding.py, _rejoin() of names.py, readings() of question.py. */
static int cut_simple(const uint8_t *text, Py_ssize_t size, Py_ssize_t most, Bytes *letters, Bytes *pieces)
{
    Py_ssize_t at = letters->size, words = 0;
    if (reserve(letters, at + size + 1) < 0) return -1;
    uint8_t *to = letters->data;
    for (Py_ssize_t i = 0; i < size;) {
        Piece piece = {(uint32_t)at, 0, NULL, 0};
        for (; i < size && !is_blank(text[i]); i++) {
            uint8_t c = text[i];
            int inside = i > 0 && (is_letter(text[i - 1]) || is_digit(text[i - 1]));
            if (!inside && may_separate(text + i, size - i)) return 0;
            if (c >= 'A' && c <= 'Z' && is_camel(text, size, i)) return 0;
            if (is_letter(c) || is_digit(c)) to[at++] = c >= 'A' && c <= 'Z' ? c | 32 : c;
            else if ((c != '\'' && c != '`') || !inside || i + 1 == size || !(is_letter(text[i + 1]) || is_digit(text[i + 1])))
                return 0;
        }
        piece.size = (uint32_t)(at - piece.at);
        if (piece.size == 0) {
            i++;
            continue;
        }
        if (++words > most || piece.size > WORD_LETTERS_MAX) return 0;
        if (reserve(pieces, pieces->size + (Py_ssize_t)sizeof piece) < 0) return -1;
        Piece *last = (Piece *)(pieces->data + pieces->size);
        if (words > 1 && !stands_alone(to, last - 1, &piece)) return 0;
        *last = piece;
        pieces->size += (Py_ssize_t)sizeof piece;
        to[at++] = ' ';
    }
    letters->size = words ? at - 1 : at;
    return 1;
}
