/* Texts in which nothing can be found, told before Python looks at them: the twin of TextSieve in text_sieve.py.

   What Python found out about a word is kept here, so that a text of known words costs no Python at all. Only ASCII is
   read; whatever could be read in two ways (letters joined by dots, "servant of" names, legal forms) is left to Python. */

enum { IS_TEXT_WORD = 1, IS_REPAIRED = 2 };
enum { NOTHING_IN_IT, MAY_HOLD, TO_BE_CUT, NEW_WORDS }; /* answers of sift() */

/* What is known of a word: what it is, where it is cut in two (0: nowhere); behind it its listed words, weighed, and then
   its letters. */
typedef struct Record {
    struct Record *next;
    uint32_t hash, size, count;
    int32_t what, cut;
    Weighed weighed[];
} Record;

enum { SHELVES = 1 << 16, SHELF_MAX = 16, COMMON_NAMES = 128, PAIR_LETTERS = 24, PAIR_SHELVES = 1 << 15, PAIRS_EACH = 4 };

typedef struct {
    Record **shelves;
    Py_ssize_t count;
} Memory;

/* Two neighbours as one word that is like no listed one: its letters in five bits each, so that no two share a key. */
typedef struct {
    uint64_t head, tail;
} Pair;

typedef struct {
    PyObject_HEAD
    PyObject *matrix, *words;
    Memory known, joined;
    Pair *unlike; /* shelves of a few each: of more than these the oldest is forgotten */
    uint8_t *oldest;
    TextRules rules;
    int window, overlap, number_letters, join_least, join_most;
} Texts;

/* One word of a text: its letters, what it is, and where its listed words stand among those of the text. */
typedef struct {
    const uint8_t *letters;
    Py_ssize_t size, first, count, joined_first, joined_count;
    int32_t what;
    int alpha;
} Part;

typedef struct {
    Bytes parts, weighed, window; /* Part; Weighed of the text; Weighed of a window */
    Search search;
    PyObject *new_words, *new_pairs;
    TextRules rules;
    float needed;
    int raw;
} Sifting;

/* Whether names.py may cut a text at two words in a row other than at their ends: single letters ("p.u.t.i.n", "s a l",
   "c.v."), Spanish legal forms ("de r.l."), "servant of" names, words that are too long. */
static int needs_python(const uint8_t *before, Py_ssize_t before_size, const uint8_t *run, Py_ssize_t size)
{
    if (size > WORD_LETTERS_MAX) return 1;
    if (size > 4 && ((run[1] == 'b' && (run[2] == 'd' || run[2] == 't')) || ((run[1] == 'v' || run[1] == 'p') && run[2] == 'd')))
        return 1;
    if (before_size == 1 && size == 1) return is_small(*before) && is_small(*run);
    if (before_size != 2 || before[0] != 'd' || before[1] != 'e' || size > 2) return 0;
    return (run[0] == 'c' && (size == 1 || run[1] == 'v')) || (run[0] == 'r' && (size == 1 || run[1] == 'l'));
}

/* Writes a text in small letters, words parted by single blanks; how many letters, or -1 where Python has to read it. */
static Py_ssize_t fold_plainly(const uint8_t *text, Py_ssize_t size, uint8_t *folded)
{
    Py_ssize_t length = 0, run = -1, before = -1, before_size = 0;
    for (Py_ssize_t i = 0; i <= size; i++) {
        uint8_t c = i < size ? text[i] : ' ';
        if (c == '\0' || c == '\'' || c == '`' || c == '@' || c == '_') return -1;
        if (c >= 'A' && c <= 'Z') c = (uint8_t)(c + ('a' - 'A'));
        if (is_small(c) || is_digit(c)) {
            if (run < 0) run = length;
        } else {
            if (run >= 0) {
                if (needs_python(folded + (before < 0 ? run : before), before_size, folded + run, length - run)) return -1;
                before = run;
                before_size = length - run;
                run = -1;
            }
            if (is_blank(c)) {
                if (length == 0 || folded[length - 1] == ' ') continue;
                c = ' ';
            }
        }
        folded[length++] = c;
    }
    return length > 0 && folded[length - 1] == ' ' ? length - 1 : length;
}

/* The ASCII letters of a string; NULL where it has others, and then an exception only if it is no string. */
static const uint8_t *ascii_of(PyObject *text, Py_ssize_t *size)
{
    const char *letters = PyUnicode_AsUTF8AndSize(text, size);
    if (letters == NULL && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) PyErr_Clear();
    return letters != NULL && PyUnicode_GetLength(text) == *size ? (const uint8_t *)letters : NULL;
}

/* fold([text, ...]) -> [folded text, or None where Python has to read it, ...] */
static PyObject *Texts_fold(Texts *Py_UNUSED(self), PyObject *texts)
{
    if (!PyList_Check(texts)) return PyErr_Format(PyExc_TypeError, "fold() takes a list");
    PyObject *kept = PyList_AsTuple(texts); /* the list may change meanwhile */
    PyObject *answers = kept ? PyList_New(PyTuple_Size(kept)) : NULL;
    Bytes room = {0};
    for (Py_ssize_t i = 0; answers != NULL && i < PyTuple_Size(kept); i++) {
        PyObject *folded = NULL;
        Py_ssize_t size, length = -1;
        const uint8_t *letters = ascii_of(PyTuple_GetItem(kept, i), &size);
        if (letters != NULL && reserve(&room, size + 1) == 0) length = fold_plainly(letters, size, room.data);
        if (length >= 0)
            folded = PyUnicode_FromStringAndSize((char *)room.data, length);
        else if (!PyErr_Occurred()) {
            Py_INCREF(Py_None);
            folded = Py_None;
        }
        if (folded == NULL) Py_CLEAR(answers);
        else PyList_SetItem(answers, i, folded);
    }
    Py_XDECREF(kept);
    free(room.data);
    return answers;
}

/* _telling() of text.py: most of a word of some length are not digits. */
static int is_telling(const Texts *self, const uint8_t *run, Py_ssize_t size, int *alpha)
{
    Py_ssize_t digits = 0;
    for (Py_ssize_t i = 0; i < size; i++) digits += is_digit(run[i]);
    *alpha = digits == 0;
    return digits == 0 || size <= self->number_letters || digits <= size / 2;
}

static Py_ssize_t weighed_in(const Bytes *weighed) { return weighed->size / (Py_ssize_t)sizeof(Weighed); }

static uint32_t shelf_hash(const uint8_t *letters, Py_ssize_t size)
{
    uint32_t hash = 2166136261u;
    for (Py_ssize_t i = 0; i < size; i++) hash = (hash ^ letters[i]) * 16777619u;
    return hash ^ hash >> 16;
}

static const uint8_t *letters_behind(const Record *record) { return (const uint8_t *)(record->weighed + record->count); }

static const Record *recall(const Memory *memory, const uint8_t *letters, Py_ssize_t size)
{
    uint32_t hash = shelf_hash(letters, size);
    const Record *record = memory->shelves[hash % SHELVES];
    while (record != NULL && (record->hash != hash || record->size != (size_t)size ||
                              memcmp(letters_behind(record), letters, (size_t)size) != 0))
        record = record->next;
    return record;
}

static void drop(Memory *memory, Record *record)
{
    for (Record *next; record != NULL; record = next) {
        next = record->next;
        free(record);
        memory->count--;
    }
}

static void forget_all(Memory *memory)
{
    for (uint32_t shelf = 0; memory->shelves != NULL && shelf < SHELVES; shelf++) {
        drop(memory, memory->shelves[shelf]);
        memory->shelves[shelf] = NULL;
    }
}

/* Puts a new record in front of its shelf. Whoever makes up words that all belong on one shelf finds it short: what is
   forgotten then is found by Python. */
static void keep(Memory *memory, Record *record)
{
    record->hash = shelf_hash(letters_behind(record), (Py_ssize_t)record->size);
    Record **shelf = &memory->shelves[record->hash % SHELVES];
    record->next = *shelf;
    *shelf = record;
    memory->count++;
    for (int i = 1; i < SHELF_MAX && record->next != NULL; i++) record = record->next;
    drop(memory, record->next);
    record->next = NULL;
}

/* Copies the listed words of a record behind those of the text. */
static int add_record(Bytes *weighed, const Record *record)
{
    Py_ssize_t size = (Py_ssize_t)(record->count * sizeof(Weighed));
    if (size == 0) return 0;
    if (reserve(weighed, weighed->size + size) < 0) return -1;
    memcpy(weighed->data + weighed->size, record->weighed, (size_t)size);
    weighed->size += size;
    return 0;
}

/* Notes a word that Python has to tell of. */
static int note_new(PyObject *list, const uint8_t *letters, Py_ssize_t size)
{
    PyObject *word = PyUnicode_FromStringAndSize((const char *)letters, size);
    int done = word ? PyList_Append(list, word) : -1;
    Py_XDECREF(word);
    return done;
}

/* Notes one word of a text: 1, 0 where it is new, -1 with an exception. */
static int note_part(Texts *self, Sifting *sifting, const uint8_t *letters, Py_ssize_t size, const Record *record)
{
    if (record == NULL) return note_new(sifting->new_words, letters, size);
    Part part = {letters, size, weighed_in(&sifting->weighed), record->count, 0, 0, record->what, 0};
    is_telling(self, letters, size, &part.alpha);
    if (add_record(&sifting->weighed, record) < 0) return -1;
    if (reserve(&sifting->parts, sifting->parts.size + (Py_ssize_t)sizeof part) < 0) return -1;
    memcpy(sifting->parts.data + sifting->parts.size, &part, sizeof part);
    sifting->parts.size += (Py_ssize_t)sizeof part;
    return 1;
}

/* Notes a word, or the two that it is cut into. Its answer is one of sift()'s, or -1 with an exception. */
static int note_run(Texts *self, Sifting *sifting, const uint8_t *run, Py_ssize_t size, int whole)
{
    int alpha;
    if (!is_telling(self, run, size, &alpha)) return NOTHING_IN_IT;
    const Record *record = recall(&self->known, run, size);
    if (record != NULL && whole && record->what & IS_REPAIRED) return TO_BE_CUT;
    int cut = record ? record->cut : 0;
    int left = cut ? note_part(self, sifting, run, cut, recall(&self->known, run, cut)) : 1;
    if (left < 0) return -1;
    run += cut;
    size -= cut;
    int right = note_part(self, sifting, run, size, cut ? recall(&self->known, run, size) : record);
    return right < 0 ? -1 : left == 1 && right == 1 ? NOTHING_IN_IT : NEW_WORDS;
}

/* Notes the words of a line. Answers as note_run() does. */
static int note_line(Texts *self, Sifting *sifting, const uint8_t *line, Py_ssize_t size)
{
    int answer = NOTHING_IN_IT;
    for (Py_ssize_t at = 0, end; at < size; at = end + 1) {
        for (end = at; end < size && (is_small(line[end]) || is_digit(line[end])); end++) {}
        if (end == at) continue;
        int whole = sifting->raw && (at == 0 || line[at - 1] == ' ') && (end == size || line[end] == ' ');
        int run = note_run(self, sifting, line + at, end - at, whole);
        if (run < 0 || run == TO_BE_CUT) return run;
        if (run == NEW_WORDS) answer = NEW_WORDS;
    }
    return answer;
}

static Pair pair_of(const uint8_t *letters, Py_ssize_t size)
{
    Pair pair = {0, 0};
    for (Py_ssize_t i = 0; i < size; i++) {
        uint64_t *half = i < PAIR_LETTERS / 2 ? &pair.head : &pair.tail;
        *half = *half << 5 | (uint64_t)(letters[i] - 'a' + 1);
    }
    return pair;
}

/* Whether a pair is known to be like no listed word; where it is not, the place that it may take. */
static int is_unlike(const Texts *self, Pair pair, uint32_t shelf)
{
    const Pair *pairs = self->unlike + shelf * PAIRS_EACH;
    for (int i = 0; i < PAIRS_EACH; i++)
        if (pairs[i].head == pair.head && pairs[i].tail == pair.tail) return 1;
    return 0;
}

/* Notes what two neighbours are like as one word: 1, 0 where Python has to say, -1 with an exception. */
static int note_pair(Texts *self, Sifting *sifting, Part *left, const Part *right)
{
    uint8_t letters[PAIR_LETTERS];
    Py_ssize_t size = left->size + right->size;
    if ((left->what | right->what) & IS_TEXT_WORD || !left->alpha || !right->alpha) return 1;
    if (size < self->join_least || size > self->join_most) return 1;
    memcpy(letters, left->letters, (size_t)left->size);
    memcpy(letters + left->size, right->letters, (size_t)right->size);
    Pair pair = pair_of(letters, size);
    uint32_t shelf = shelf_hash(letters, size) % PAIR_SHELVES;
    if (is_unlike(self, pair, shelf)) return 1;
    const Record *record = recall(&self->joined, letters, size);
    if (record != NULL) {
        left->joined_first = weighed_in(&sifting->weighed);
        left->joined_count = record->count;
        return add_record(&sifting->weighed, record) < 0 ? -1 : 1;
    }
    if (near_word((Words *)self->words, letters, size, 1, &sifting->search) < 0) return -1;
    if (sifting->search.found.size > 0) return note_new(sifting->new_pairs, letters, size);
    self->unlike[shelf * PAIRS_EACH + self->oldest[shelf]] = pair;
    self->oldest[shelf] = (uint8_t)((self->oldest[shelf] + 1) % PAIRS_EACH);
    return 1;
}

static int add_weighed(Sifting *sifting, Py_ssize_t first, Py_ssize_t count)
{
    Py_ssize_t each = (Py_ssize_t)sizeof(Weighed), size = count * each;
    if (count == 0) return 0;
    if (reserve(&sifting->window, sifting->window.size + size) < 0) return -1;
    memcpy(sifting->window.data + sifting->window.size, sifting->weighed.data + first * each, (size_t)size);
    sifting->window.size += size;
    return 0;
}

/* Words that many names have prove little and cost most. Takes the cheapest of them out of the words to sum up, as long
   as all of them together prove less than half of what a name needs; gives what they prove at most. */
static float leave_common(const Texts *self, Bytes *weighed, float needed)
{
    const Matrix *matrix = (const Matrix *)self->matrix;
    const int32_t *starts = matrix->starts.view.buf;
    Weighed *words = (Weighed *)weighed->data;
    Py_ssize_t kept = 0, count = weighed_in(weighed);
    float left = 0.0f;
    for (Py_ssize_t i = 0; i < count; i++) {
        float proves = words[i].weight * matrix->top[words[i].word];
        int common = starts[words[i].word + 1] - starts[words[i].word] > COMMON_NAMES;
        if (common && left + proves < needed / 2.0f) left += proves;
        else words[kept++] = words[i];
    }
    weighed->size = kept * (Py_ssize_t)sizeof(Weighed);
    return left;
}

/* Whether a name can be reached by these words, and by so many bits more. */
static int sums_reach(Texts *self, const Sifting *sifting, float more)
{
    Matrix *matrix = (Matrix *)self->matrix;
    Py_ssize_t touched = sum_up(matrix, &sifting->window);
    int reached = 0;
    for (Py_ssize_t i = 0; i < touched; i++) {
        int32_t name = matrix->touched[i];
        reached = reached || is_reached(&sifting->rules, name, matrix->sums[name] + more);
        matrix->sums[name] = 0.0f;
    }
    return reached;
}

static int fill_window(Sifting *sifting, const Part *parts, Py_ssize_t count)
{
    sifting->window.size = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (add_weighed(sifting, parts[i].first, parts[i].count) < 0) return -1;
        if (i + 1 < count && add_weighed(sifting, parts[i].joined_first, parts[i].joined_count) < 0) return -1;
    }
    return 0;
}

/* Whether words in a row may hold a listed name; -1 with an exception. From the first sum on no Python is run. */
static int may_hold(Texts *self, Sifting *sifting, const Part *parts, Py_ssize_t count)
{
    if (fill_window(sifting, parts, count) < 0) return -1;
    Py_ssize_t all = sifting->window.size;
    float common = leave_common(self, &sifting->window, sifting->needed);
    if (sifting->window.size < all) {
        /* A little more than they prove, for sums in another order are rounded otherwise. */
        if (!sums_reach(self, sifting, common * 1.001f + 0.01f)) return 0;
        if (fill_window(sifting, parts, count) < 0) return -1;
    }
    return sums_reach(self, sifting, 0.0f);
}

/* The fewest bits by which any name can score enough. */
static float needed_by(const TextRules *rules)
{
    const float *evidence = rules->evidence.view.buf;
    Py_ssize_t step = 0, steps = numbers_in(&rules->evidence);
    while (step < steps && evidence[step] < rules->floor) step++;
    float bits = (float)step / rules->steps;
    return bits < rules->exact_bits ? bits : rules->exact_bits;
}

/* The answer to one line, or -1 with an exception. */
static int sift_line(Texts *self, Sifting *sifting, PyObject *line)
{
    Py_ssize_t size;
    const uint8_t *letters = ascii_of(line, &size);
    if (letters == NULL) {
        if (!PyErr_Occurred()) PyErr_Format(PyExc_ValueError, "a line is folded before it is sifted");
        return -1;
    }
    sifting->parts.size = sifting->weighed.size = 0;
    int answer = note_line(self, sifting, letters, size);
    if (answer != NOTHING_IN_IT) return answer;
    Part *parts = (Part *)sifting->parts.data;
    Py_ssize_t count = sifting->parts.size / (Py_ssize_t)sizeof *parts;
    for (Py_ssize_t i = 0; i + 1 < count; i++) {
        int done = note_pair(self, sifting, &parts[i], &parts[i + 1]);
        if (done < 0) return -1;
        if (done == 0) answer = NEW_WORDS;
    }
    Py_ssize_t last = count <= self->window ? 1 : count - self->overlap;
    for (Py_ssize_t start = 0; answer == NOTHING_IN_IT && start < last && count > 0; start += self->window - self->overlap) {
        Py_ssize_t rest = count - start;
        int held = may_hold(self, sifting, parts + start, rest < self->window ? rest : self->window);
        if (held < 0) return -1;
        if (held) answer = MAY_HOLD;
    }
    return answer;
}

/* sift([folded text, ...], floor, raw) -> (bytes, an answer a text; new words; new neighbours as one word) */
static PyObject *Texts_sift(Texts *self, PyObject *args)
{
    PyObject *lines, *told = NULL, *answers = NULL;
    Sifting sifting = {0};
    float floor;
    if (!PyArg_ParseTuple(args, "O!fp", &PyList_Type, &lines, &floor, &sifting.raw)) return NULL;
    PyObject *kept = PyList_AsTuple(lines); /* the list may change meanwhile */
    if (kept == NULL) return NULL;
    Py_ssize_t count = PyTuple_Size(kept);
    sifting.rules = self->rules;
    sifting.rules.floor = floor;
    sifting.needed = needed_by(&sifting.rules);
    sifting.new_words = PyList_New(0);
    sifting.new_pairs = PyList_New(0);
    Bytes room = {0};
    if (sifting.new_words == NULL || sifting.new_pairs == NULL || reserve(&room, count) < 0) goto end;
    for (Py_ssize_t i = 0; i < count; i++) {
        int answer = sift_line(self, &sifting, PyTuple_GetItem(kept, i));
        if (answer < 0) goto end;
        room.data[i] = (uint8_t)answer;
    }
    answers = PyBytes_FromStringAndSize((char *)room.data, count);
    if (answers != NULL) told = PyTuple_Pack(3, answers, sifting.new_words, sifting.new_pairs);
end:
    Py_DECREF(kept);
    Py_XDECREF(answers);
    Py_XDECREF(sifting.new_words);
    Py_XDECREF(sifting.new_pairs);
    free(room.data);
    free(sifting.parts.data);
    free(sifting.weighed.data);
    free(sifting.window.data);
    end_search(&sifting.search);
    return told;
}

/* Keeps what Python found out about a word. */
static PyObject *learned(const Texts *self, Memory *memory, PyObject *word, int what, int cut, PyObject *expansion)
{
    Py_ssize_t size;
    const uint8_t *letters = ascii_of(word, &size);
    if (letters == NULL) return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "%R is not ASCII", word);
    if (cut < 0 || (cut > 0 && cut >= size)) return PyErr_Format(PyExc_ValueError, "%R cannot be cut at %d", word, cut);
    Bytes weighed = {0};
    Record *record = NULL;
    if (note_expansion((Matrix *)self->matrix, expansion, &weighed) == 0) {
        record = malloc(sizeof *record + (size_t)weighed.size + (size_t)size);
        if (record == NULL) PyErr_NoMemory();
    }
    if (record != NULL) {
        *record = (Record){NULL, 0, (uint32_t)size, (uint32_t)weighed_in(&weighed), what, cut};
        if (weighed.size) memcpy(record->weighed, weighed.data, (size_t)weighed.size);
        memcpy(record->weighed + record->count, letters, (size_t)size);
        keep(memory, record);
    }
    free(weighed.data);
    if (record == NULL) return NULL;
    Py_INCREF(Py_None);
    return Py_None;
}

/* learn(word, what, cut, expansion) */
static PyObject *Texts_learn(Texts *self, PyObject *args)
{
    PyObject *word, *expansion;
    int what, cut;
    if (!PyArg_ParseTuple(args, "UiiO", &word, &what, &cut, &expansion)) return NULL;
    return learned(self, &self->known, word, what, cut, expansion);
}

/* learn_pair(word, expansion): two neighbours written as one. */
static PyObject *Texts_learn_pair(Texts *self, PyObject *args)
{
    PyObject *word, *expansion;
    if (!PyArg_ParseTuple(args, "UO", &word, &expansion)) return NULL;
    return learned(self, &self->joined, word, 0, 0, expansion);
}

/* forget(most): forgets all, where more words than that are known: they are learned again as they come. */
static PyObject *Texts_forget(Texts *self, PyObject *most)
{
    Py_ssize_t words = PyLong_AsSsize_t(most);
    if (words == -1 && PyErr_Occurred()) return NULL;
    if (self->known.count > words) forget_all(&self->known);
    if (self->joined.count > words) forget_all(&self->joined);
    Py_INCREF(Py_None);
    return Py_None;
}

static void Texts_dealloc(Texts *self)
{
    release(&self->rules.least);
    release(&self->rules.totals);
    release(&self->rules.evidence);
    Py_XDECREF(self->matrix);
    Py_XDECREF(self->words);
    forget_all(&self->known);
    forget_all(&self->joined);
    PyMem_Free(self->known.shelves);
    PyMem_Free(self->joined.shelves);
    PyMem_Free(self->unlike);
    PyMem_Free(self->oldest);
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    freefunc free_object = (freefunc)PyType_GetSlot(type, Py_tp_free);
    free_object(self);
    Py_DECREF(type);
}

static int make_room_for(Texts *self)
{
    self->known.shelves = PyMem_Calloc(SHELVES, sizeof(Record *));
    self->joined.shelves = PyMem_Calloc(SHELVES, sizeof(Record *));
    self->unlike = PyMem_Calloc(PAIR_SHELVES * PAIRS_EACH, sizeof(Pair));
    self->oldest = PyMem_Calloc(PAIR_SHELVES, 1);
    return self->known.shelves && self->joined.shelves && self->unlike && self->oldest ? 0 : -1;
}

/* Texts(matrix, words, least, totals, evidence, steps, exact_bits, exact_share, shape): shape as of lists/text.py. */
static PyObject *Texts_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(named))
{
    PyObject *matrix, *words, *least, *totals, *evidence;
    Texts read = {0};
    if (!PyArg_ParseTuple(args, "O!O!OOOfff(iiiii)", matrix_type, &matrix, words_type, &words, &least, &totals, &evidence,
                          &read.rules.steps, &read.rules.exact_bits, &read.rules.exact_share, &read.window, &read.overlap,
                          &read.number_letters, &read.join_least, &read.join_most))
        return NULL;
    if (read.overlap < 0 || read.window <= read.overlap || read.join_most > PAIR_LETTERS)
        return PyErr_Format(PyExc_ValueError, "windows of %d words that share %d", read.window, read.overlap);
    allocfunc make = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Texts *self = (Texts *)make(type, 0);
    if (self == NULL) return NULL;
    self->rules = read.rules;
    self->window = read.window, self->overlap = read.overlap, self->number_letters = read.number_letters;
    self->join_least = read.join_least, self->join_most = read.join_most;
    Py_INCREF(matrix);
    self->matrix = matrix;
    Py_INCREF(words);
    self->words = words;
    if (make_room_for(self) < 0) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    Py_ssize_t count = ((Matrix *)matrix)->count;
    if (take(&self->rules.least, least, count) < 0 ||
        take(&self->rules.totals, totals, count) < 0 || take(&self->rules.evidence, evidence, 1) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static PyMethodDef texts_methods[] = {
    {"fold", (PyCFunction)Texts_fold, METH_O, "fold([text, ...]) -> [folded text, or None where Python has to read it, ...]"},
    {"sift", (PyCFunction)Texts_sift, METH_VARARGS, "sift([folded text, ...], floor, raw) -> (answers, new words, new pairs)"},
    {"learn", (PyCFunction)Texts_learn, METH_VARARGS, "learn(word, what, cut, expansion)"},
    {"learn_pair", (PyCFunction)Texts_learn_pair, METH_VARARGS, "learn_pair(word, expansion)"},
    {"forget", (PyCFunction)Texts_forget, METH_O, "forget(most)"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot texts_slots[] = {
    {Py_tp_new, Texts_new},
    {Py_tp_dealloc, Texts_dealloc},
    {Py_tp_methods, texts_methods},
    {0, NULL},
};

static PyType_Spec texts_spec = {"lists.compiled._engine.Texts", sizeof(Texts), 0, Py_TPFLAGS_DEFAULT, texts_slots};

static int add_texts(PyObject *module)
{
    PyObject *texts = PyType_FromSpec(&texts_spec);
    int done = texts != NULL ? PyModule_AddObjectRef(module, "Texts", texts) : -1;
    Py_XDECREF(texts);
    return done;
}
