/* Sieve and Batch: what sieve.py calls. */

typedef struct {
    PyObject_HEAD
    Sieve *sieve;
    Py_ssize_t names;
    uint8_t *told;              /* of each name: nothing; its rows; that it is to be kept */
    Bytes letters, pieces, rows;
} Batch;

enum { NOTHING_TOLD, ROWS_TOLD, KEPT };

static PyTypeObject *batch_type, *words_type, *matrix_type;

static Row *rows_of(const Batch *self) { return (Row *)self->rows.data; }

static Py_ssize_t row_count(const Batch *self) { return self->rows.size / (Py_ssize_t)sizeof(Row); }

static Piece *pieces_of(const Batch *self) { return (Piece *)self->pieces.data; }

static int add_row(Batch *self, const Row *row)
{
    if (reserve(&self->rows, self->rows.size + (Py_ssize_t)sizeof *row) < 0) return -1;
    memcpy(self->rows.data + self->rows.size, row, sizeof *row);
    self->rows.size += (Py_ssize_t)sizeof *row;
    self->told[row->name] = self->told[row->name] == KEPT ? KEPT : ROWS_TOLD;
    return 0;
}

static Py_ssize_t piece_count(const Batch *self) { return self->pieces.size / (Py_ssize_t)sizeof(Piece); }

/* Cuts a name, if that is simple. What is too long for 32 bits of letters is not. */
static int read_name(Batch *self, Py_ssize_t number, PyObject *name)
{
    Py_ssize_t size, letters = self->letters.size, first = piece_count(self);
    const SieveRules *rules = &self->sieve->rules;
    if (!PyUnicode_Check(name)) {
        PyErr_Format(PyExc_TypeError, "name %zd is no text", number);
        return -1;
    }
    if (PyUnicode_GetLength(name) > (Py_ssize_t)rules->letters_max || letters > INT32_MAX) return 0;
    const char *text = PyUnicode_AsUTF8AndSize(name, &size);
    if (text == NULL && !PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) return -1;
    if (text == NULL) PyErr_Clear(); /* halves of surrogate pairs */
    if (text == NULL || PyUnicode_GetLength(name) != size) return 0;
    int simple = cut_simple((const uint8_t *)text, size, (Py_ssize_t)rules->tokens_max, &self->letters, &self->pieces);
    Py_ssize_t count = piece_count(self) - first;
    if (simple == 1) return add_row(self, &(Row){number, first, count, first, count, 1});
    self->letters.size = letters;
    self->pieces.size = first * (Py_ssize_t)sizeof(Piece);
    return simple;
}

/* batch(names): a batch of payment names, list of str. */
static PyObject *Sieve_batch(Sieve *self, PyObject *names)
{
    if (!PyList_Check(names)) return PyErr_Format(PyExc_TypeError, "batch() takes a list");
    PyObject *kept = PyList_AsTuple(names);
    if (kept == NULL) return NULL;
    allocfunc make = (allocfunc)PyType_GetSlot(batch_type, Py_tp_alloc);
    Batch *batch = (Batch *)make(batch_type, 0);
    if (batch != NULL) {
        Py_INCREF((PyObject *)self);
        batch->sieve = self;
        batch->names = PyTuple_Size(kept);
        batch->told = PyMem_Calloc((size_t)batch->names + 1, 1);
        if (batch->told == NULL) PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; batch != NULL && batch->told != NULL && i < batch->names; i++)
        if (read_name(batch, i, PyTuple_GetItem(kept, i)) < 0) break;
    Py_DECREF(kept);
    if (PyErr_Occurred()) {
        Py_XDECREF((PyObject *)batch);
        return NULL;
    }
    return (PyObject *)batch;
}

/* The folded line of a simple row. */
static const uint8_t *line_of(const Batch *self, const Row *row, Py_ssize_t *size)
{
    const Piece *pieces = pieces_of(self) + row->first;
    *size = row->tokens ? (Py_ssize_t)(pieces[row->tokens - 1].at + pieces[row->tokens - 1].size - pieces[0].at) : 0;
    return self->letters.data + (row->tokens ? pieces[0].at : 0);
}

/* lines() -> the names that were cut simply, folded, one a line. */
static PyObject *Batch_lines(Batch *self, PyObject *Py_UNUSED(nothing))
{
    Bytes text = {0};
    const Row *rows = rows_of(self);
    int done = reserve(&text, self->letters.size + row_count(self) + 1);
    for (Py_ssize_t i = 0; done == 0 && i < row_count(self); i++) {
        Py_ssize_t size;
        if (!rows[i].simple || rows[i].name < 0) continue;
        const uint8_t *line = line_of(self, &rows[i], &size);
        memcpy(text.data + text.size, line, (size_t)size);
        text.size += size;
        text.data[text.size++] = '\n';
    }
    PyObject *lines = done == 0 ? PyUnicode_FromStringAndSize((const char *)text.data, text.size) : NULL;
    free(text.data);
    return lines;
}

static int any_rewritten(const Batch *self, const Row *row)
{
    for (Py_ssize_t i = 0; i < row->tokens; i++) {
        const Known *known = known_piece(&self->sieve->words, self->letters.data, pieces_of(self) + row->first + i);
        if (known == NULL || known->flags & REWRITTEN) return 1;
    }
    return 0;
}

static int append_number(PyObject *numbers, Py_ssize_t number)
{
    PyObject *one = PyLong_FromSsize_t(number);
    int done = one ? PyList_Append(numbers, one) : -1;
    Py_XDECREF(one);
    return done;
}

/* Takes a row back: its name is to be cut in Python. One that only has legal forms is noted with its line. */
static int take_back(Batch *self, Row *row, PyObject *odd, int whole)
{
    Py_ssize_t size;
    const uint8_t *line = line_of(self, row, &size);
    PyObject *pair = whole ? Py_BuildValue("(ns#)", row->name, line, size) : NULL;
    self->told[row->name] = NOTHING_TOLD;
    row->name = -1;
    int done = !whole ? 0 : pair == NULL ? -1 : PyList_Append(odd, pair);
    Py_XDECREF(pair);
    return done;
}

/* odd(lines) -> [(number, line), ...] of the names that are to be cut in Python: those whose line has legal forms and is
   another one now, with that line, and those that are not simple, with None. */
static PyObject *Batch_odd(Batch *self, PyObject *lines)
{
    Py_ssize_t size, at = 0;
    const char *text = PyUnicode_AsUTF8AndSize(lines, &size);
    if (text == NULL) return NULL;
    Row *rows = rows_of(self);
    PyObject *odd = PyList_New(0);
    uint8_t *lined = PyMem_Calloc((size_t)self->names + 1, 1);
    if (odd == NULL || lined == NULL) goto failed;
    for (Py_ssize_t i = 0; i < row_count(self); i++) {
        Py_ssize_t length;
        if (!rows[i].simple || rows[i].name < 0) continue;
        const char *end = at < size ? memchr(text + at, '\n', (size_t)(size - at)) : NULL;
        if (end == NULL) {
            PyErr_Format(PyExc_ValueError, "fewer lines than names");
            goto failed;
        }
        const uint8_t *line = line_of(self, &rows[i], &length);
        int same = end - text - at == length && memcmp(text + at, line, (size_t)length) == 0;
        at = end - text + 1;
        int rewritten = any_rewritten(self, &rows[i]);
        if (same && !rewritten) continue;
        lined[rows[i].name] = !rewritten;
        if (take_back(self, &rows[i], odd, !rewritten) < 0) goto failed;
    }
    if (at != size) {
        PyErr_Format(PyExc_ValueError, "more lines than names");
        goto failed;
    }
    for (Py_ssize_t i = 0; i < self->names; i++) {
        if (self->told[i] != NOTHING_TOLD || lined[i]) continue;
        PyObject *pair = Py_BuildValue("(nO)", i, Py_None);
        int done = pair ? PyList_Append(odd, pair) : -1;
        Py_XDECREF(pair);
        if (done < 0) goto failed;
    }
    PyMem_Free(lined);
    return odd;
failed:
    PyMem_Free(lined);
    Py_XDECREF(odd);
    return PyErr_Occurred() ? NULL : PyErr_NoMemory();
}

/* Copies words of letters and digits. */
static Py_ssize_t copy_words(Batch *self, PyObject *words)
{
    PyObject *kept = PySequence_Tuple(words);
    Py_ssize_t count = kept ? PyTuple_Size(kept) : -1;
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_ssize_t size;
        const char *letters = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(kept, i), &size);
        int plain = letters != NULL && size > 0 && self->letters.size + size < INT32_MAX;
        for (Py_ssize_t k = 0; plain && k < size; k++) plain = is_small((uint8_t)letters[k]) || is_digit((uint8_t)letters[k]);
        if (letters != NULL && !plain) PyErr_Format(PyExc_ValueError, "%R is no word", PyTuple_GetItem(kept, i));
        Piece piece = {(uint32_t)self->letters.size, (uint32_t)size, NULL, 0};
        if (!plain || reserve(&self->letters, self->letters.size + size) < 0 ||
            reserve(&self->pieces, self->pieces.size + (Py_ssize_t)sizeof piece) < 0) {
            count = -1;
            break;
        }
        memcpy(self->letters.data + self->letters.size, letters, (size_t)size);
        self->letters.size += size;
        memcpy(self->pieces.data + self->pieces.size, &piece, sizeof piece);
        self->pieces.size += (Py_ssize_t)sizeof piece;
    }
    Py_XDECREF(kept);
    return count;
}

/* add(number, plain, tokens): a reading of a name, cut in Python into words as they stand and as they are compared. */
static PyObject *Batch_add(Batch *self, PyObject *args)
{
    PyObject *plain, *tokens;
    Row row = {0};
    if (!PyArg_ParseTuple(args, "nOO", &row.name, &plain, &tokens)) return NULL;
    if (row.name < 0 || row.name >= self->names) return PyErr_Format(PyExc_ValueError, "there is no name %zd", row.name);
    row.plain = piece_count(self);
    if ((row.written = copy_words(self, plain)) < 0) return NULL;
    row.first = piece_count(self);
    if ((row.tokens = copy_words(self, tokens)) < 0) return NULL;
    if (row.tokens > (Py_ssize_t)self->sieve->rules.tokens_max) return PyErr_Format(PyExc_ValueError, "too many words");
    if (add_row(self, &row) < 0) return NULL;
    Py_RETURN_NONE;
}

/* keep(number): nothing can be said of a name here. */
static PyObject *Batch_keep(Batch *self, PyObject *number)
{
    Py_ssize_t name = PyLong_Check(number) ? PyLong_AsSsize_t(number) : -1;
    if (name < 0 || name >= self->names) return PyErr_Format(PyExc_ValueError, "there is no name %R", number);
    self->told[name] = KEPT;
    Py_RETURN_NONE;
}

static int add_word_to(PyObject *words, const uint8_t *letters, Py_ssize_t size)
{
    PyObject *word = PyUnicode_FromStringAndSize((const char *)letters, size);
    int done = word ? PyDict_SetItem(words, word, Py_None) : -1;
    Py_XDECREF(word);
    return done;
}

/* unknown() -> words that nothing is known of, once each, as the keys of a dict. */
static PyObject *Batch_unknown(Batch *self, PyObject *Py_UNUSED(nothing))
{
    PyObject *words = PyDict_New();
    const Row *rows = rows_of(self);
    for (Py_ssize_t i = 0; words != NULL && i < row_count(self); i++)
        for (Py_ssize_t k = 0; words != NULL && rows[i].name >= 0 && k < rows[i].tokens; k++) {
            Piece *piece = pieces_of(self) + rows[i].first + k;
            if (known_piece(&self->sieve->words, self->letters.data, piece) != NULL) continue;
            if (add_word_to(words, self->letters.data + piece->at, piece->size) < 0) Py_CLEAR(words);
        }
    return words;
}

/* beginnings() -> last words that may be cut off and were not yet asked for as such, as the keys of a dict. */
static PyObject *Batch_beginnings(Batch *self, PyObject *Py_UNUSED(nothing))
{
    PyObject *words = PyDict_New();
    const Row *rows = rows_of(self);
    for (Py_ssize_t i = 0; words != NULL && i < row_count(self); i++) {
        Asking asking;
        if (rows[i].name < 0 || rows[i].tokens == 0) continue;
        if (fill_tokens(self->sieve, self->letters.data, pieces_of(self) + rows[i].first, rows[i].tokens, &asking) == -2) continue;
        const Token *last = &asking.tokens[asking.count - 1];
        if (may_be_cut(self->sieve, &asking) && last->known->begun.count < 0 && add_word_to(words, last->letters, last->size) < 0)
            Py_CLEAR(words);
    }
    return words;
}

static int is_exact_key(const Sieve *self, uint32_t checksum)
{
    const uint32_t *keys = self->exact.view.buf;
    uint32_t bit = checksum >> (32 - EXACT_BITS);
    if (!(self->maybe_exact[bit >> 3] >> (bit & 7) & 1)) return 0;
    Py_ssize_t low = 0, high = numbers_in(&self->exact);
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (keys[middle] < checksum) low = middle + 1;
        else high = middle;
    }
    return low < numbers_in(&self->exact) && keys[low] == checksum;
}

/* Whether these words, in the order of the alphabet, may be a key of the exact floor. 1 too where the memory is full: the
   name is kept then. */
static int sorted_is_exact(Sieve *self, const uint8_t *letters, const Piece *pieces, Py_ssize_t count)
{
    Token tokens[QUESTION_WORDS + 1];
    Py_ssize_t size = 0;
    if (count > QUESTION_WORDS) return 1;
    for (Py_ssize_t i = 0; i < count; i++) {
        tokens[i] = (Token){letters + pieces[i].at, pieces[i].size, NULL, 0.0};
        size += tokens[i].size + 1;
    }
    if (reserve_unlocked(&self->room, size) < 0) return 1;
    Py_ssize_t written = write_sorted(tokens, (int)count, self->room.data) - self->room.data;
    return is_exact_key(self, ~crc_on(0xFFFFFFFFu, self->room.data, written));
}

/* Whether the name may be that of an entry word for word: exact_keys() of listed.py. */
static int may_be_exact(Batch *self, const Row *row)
{
    const Piece *pieces = pieces_of(self), *plain = pieces + row->plain;
    uint32_t glued = crc_on(0xFFFFFFFFu, (const uint8_t *)"=", 1);
    for (Py_ssize_t i = 0; i < row->written; i++) glued = crc_on(glued, self->letters.data + plain[i].at, plain[i].size);
    if (is_exact_key(self->sieve, ~glued)) return 1;
    if (sorted_is_exact(self->sieve, self->letters.data, plain, row->written)) return 1;
    return !row->simple && sorted_is_exact(self->sieve, self->letters.data, pieces + row->first, row->tokens);
}

/* The best score of any listed name, not rounded, or 2 where nothing can be said; below 0 where the memory is full. Stops at
   the first that reaches the floor. */
static double best_score(Batch *self, const Row *row, double floor)
{
    Sieve *sieve = self->sieve;
    Asking asking;
    double best = 0.0;
    if (may_be_exact(self, row)) return 2.0;
    int filled = fill_question(sieve, self->letters.data, pieces_of(self) + row->first, row->tokens, &asking);
    if (filled <= 0) return filled < 0 ? -1.0 : 2.0;
    if (note_weights(sieve, &asking) < 0) return -1.0;
    Py_ssize_t count = promising(sieve->matrix, &sieve->weighed, (float)asking.total, &sieve->bounds, &sieve->found);
    if (count < 0) return -1.0;
    const Candidate *candidates = (const Candidate *)sieve->found.data;
    count = best_of((Candidate *)candidates, count, sieve->bounds.most, 0);
    for (Py_ssize_t i = 0; i < count && best < floor; i++) {
        Name name;
        Aligned aligned;
        if (!take_name(sieve, candidates[i].name, &name)) return 2.0;
        int met = align(sieve, &asking, &name, &aligned);
        double score = met > 0 ? judge(sieve, &asking, &name, &aligned) : met;
        if (score < 0.0) return -1.0;
        if (score > best) best = score;
    }
    return best;
}

/* left(floor) -> numbers of the names that may score that much, and of those nothing is known of. */
static PyObject *Batch_left(Batch *self, PyObject *floor)
{
    double least = PyFloat_AsDouble(floor);
    if (PyErr_Occurred()) return NULL;
    for (Py_ssize_t i = 0; i < row_count(self); i++) {
        const Row *row = &rows_of(self)[i];
        if (row->name < 0 || self->told[row->name] == KEPT) continue;
        if (self->sieve->joined.count >= self->sieve->joined.most) forget(&self->sieve->joined);
        double best = best_score(self, row, least);
        if (best < 0.0) return PyErr_Occurred() ? NULL : PyErr_NoMemory();
        if (!(best < least)) self->told[row->name] = KEPT;
    }
    PyObject *left = PyList_New(0);
    for (Py_ssize_t i = 0; left != NULL && i < self->names; i++)
        if (self->told[i] != ROWS_TOLD && append_number(left, i) < 0) Py_CLEAR(left);
    return left;
}

/* scores() -> [(number, best score), ...] of every reading, for the twins' test; above 1 where nothing can be said. */
static PyObject *Batch_scores(Batch *self, PyObject *Py_UNUSED(nothing))
{
    PyObject *scores = PyList_New(0);
    for (Py_ssize_t i = 0; scores != NULL && i < row_count(self); i++) {
        const Row *row = &rows_of(self)[i];
        if (row->name < 0) continue;
        PyObject *score = Py_BuildValue("(nd)", row->name, best_score(self, row, 3.0));
        if (score == NULL || PyErr_Occurred() || PyList_Append(scores, score) < 0) Py_CLEAR(scores);
        Py_XDECREF(score);
    }
    return scores;
}

static void Batch_dealloc(Batch *self)
{
    free(self->letters.data);
    free(self->pieces.data);
    free(self->rows.data);
    PyMem_Free(self->told);
    Py_XDECREF((PyObject *)self->sieve);
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    freefunc free_object = (freefunc)PyType_GetSlot(type, Py_tp_free);
    free_object(self);
    Py_DECREF(type);
}

static int word_letters(PyObject *word, const uint8_t **letters, Py_ssize_t *size)
{
    *letters = (const uint8_t *)PyUnicode_AsUTF8AndSize(word, size);
    if (*letters == NULL) return -1;
    if (*size > 0 && PyUnicode_GetLength(word) == *size && *size <= INT32_MAX) return 0;
    PyErr_Format(PyExc_ValueError, "%R is no word", word);
    return -1;
}

/* learn(word, bits, flags, half, similarities): a word of payments, as Python understands it. */
static PyObject *Sieve_learn(Sieve *self, PyObject *args)
{
    PyObject *word, *similarities;
    const uint8_t *letters;
    Py_ssize_t size;
    double bits;
    int flags, half;
    if (!PyArg_ParseTuple(args, "UdiiO!", &word, &bits, &flags, &half, &PyDict_Type, &similarities)) return NULL;
    if (word_letters(word, &letters, &size) < 0) return NULL;
    if (!(bits >= 0.0 && bits <= FLT_MAX) || half < 0 || half >= size)
        return PyErr_Format(PyExc_ValueError, "%R cannot prove this, or not be parted there", word);
    Meanings meanings = {NULL, -1};
    if (note_meanings(&meanings, similarities, self->vocabulary->count, self->rules.power) < 0) return NULL;
    Known *known = place_for(&self->words, letters, size);
    if (known == NULL) {
        free(meanings.rows);
        return NULL;
    }
    free(known->whole.rows);
    known->whole = meanings;
    known->bits = bits, known->flags = flags, known->half = half;
    Py_RETURN_NONE;
}

/* learn_beginning(word, similarities): what a known word may be the beginning of. Forgotten ones are left alone. */
static PyObject *Sieve_learn_beginning(Sieve *self, PyObject *args)
{
    PyObject *word, *similarities;
    const uint8_t *letters;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "UO!", &word, &PyDict_Type, &similarities) || word_letters(word, &letters, &size) < 0)
        return NULL;
    Known *known = look_up(&self->words, letters, size);
    if (known != NULL && note_meanings(&known->begun, similarities, self->vocabulary->count, self->rules.power) < 0) return NULL;
    Py_RETURN_NONE;
}

/* meant(word) -> {listed word: similarity} as it was learned; None where the word is not known. */
static PyObject *Sieve_meant(Sieve *self, PyObject *word)
{
    const uint8_t *letters;
    Py_ssize_t size;
    if (!PyUnicode_Check(word)) return PyErr_Format(PyExc_TypeError, "a word is a string");
    if (word_letters(word, &letters, &size) < 0) return NULL;
    const Known *known = look_up(&self->words, letters, size);
    if (known == NULL || known->whole.count < 0) Py_RETURN_NONE;
    Py_ssize_t count = known->whole.count;
    Meaning *rows = PyMem_Malloc(((size_t)count + 1) * sizeof *rows); /* a copy: another thread may learn meanwhile */
    if (rows == NULL) return PyErr_NoMemory();
    if (count) memcpy(rows, known->whole.rows, (size_t)count * sizeof *rows);
    PyObject *meant = PyDict_New();
    for (Py_ssize_t i = 0; meant != NULL && i < count; i++) {
        PyObject *number = PyLong_FromLong(rows[i].word), *alike = PyFloat_FromDouble(rows[i].similarity);
        if (number == NULL || alike == NULL || PyDict_SetItem(meant, number, alike) < 0) Py_CLEAR(meant);
        Py_XDECREF(number);
        Py_XDECREF(alike);
    }
    PyMem_Free(rows);
    return meant;
}

static void release_sieve(Sieve *self)
{
    Column *columns[] = {&self->listed.starts, &self->listed.words, &self->listed.sorted, &self->listed.flags,
                         &self->listed.bits,   &self->listed.totals, &self->exact};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) release(columns[i]);
    release_rules(&self->bounds);
    forget(&self->words);
    forget(&self->joined);
    free(self->maybe_exact);
    free(self->words.buckets);
    free(self->joined.buckets);
    Bytes *all[] = {&self->weighed, &self->found, &self->edges, &self->room, &self->places};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]->data);
    end_search(&self->search);
    Py_XDECREF((PyObject *)self->vocabulary);
    Py_XDECREF((PyObject *)self->matrix);
}

static void Sieve_dealloc(Sieve *self)
{
    release_sieve(self);
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    freefunc free_object = (freefunc)PyType_GetSlot(type, Py_tp_free);
    free_object(self);
    Py_DECREF(type);
}

/* Holds an array of at least so many doubles. */
static int take_doubles(Column *column, PyObject *array, Py_ssize_t least)
{
    column->held = PyObject_GetBuffer(array, &column->view, PyBUF_SIMPLE) == 0;
    if (!column->held) return -1;
    if (column->view.itemsize == sizeof(double) && (uintptr_t)column->view.buf % sizeof(double) == 0 &&
        column->view.len / (Py_ssize_t)sizeof(double) >= least)
        return 0;
    PyErr_Format(PyExc_TypeError, "an array of %zd 64-bit numbers or more is wanted", least);
    return -1;
}

static int take_listed(Sieve *self, PyObject *columns)
{
    PyObject *starts, *words, *sorted, *flags, *bits, *totals;
    Listed *listed = &self->listed;
    if (!PyArg_ParseTuple(columns, "OOOOOO", &starts, &words, &sorted, &flags, &bits, &totals)) return -1;
    Py_ssize_t count = self->matrix->count;
    if (take(&listed->starts, starts, count + 1) < 0 || take(&listed->words, words, 0) < 0) return -1;
    Py_ssize_t cells = numbers_in(&listed->words);
    return take(&listed->sorted, sorted, cells) < 0 || take(&listed->flags, flags, count) < 0 ||
                   take_doubles(&listed->bits, bits, cells) < 0 || take_doubles(&listed->totals, totals, count) < 0
               ? -1
               : 0;
}

/* Most keys are nobody's: one look at a small table settles that. */
static int note_exact(Sieve *self)
{
    const uint32_t *keys = self->exact.view.buf;
    self->maybe_exact = calloc(1u << (EXACT_BITS - 3), 1);
    if (self->maybe_exact == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < numbers_in(&self->exact); i++) {
        uint32_t bit = keys[i] >> (32 - EXACT_BITS);
        self->maybe_exact[bit >> 3] |= (uint8_t)(1u << (bit & 7));
    }
    return 0;
}

static int take_numbers(Sieve *self, PyObject *rules)
{
    Column column = {0};
    int done = take_doubles(&column, rules, (Py_ssize_t)(sizeof(SieveRules) / sizeof(double)));
    if (done == 0 && column.view.len != (Py_ssize_t)sizeof(SieveRules)) {
        PyErr_Format(PyExc_TypeError, "%zd rules are wanted", (Py_ssize_t)(sizeof(SieveRules) / sizeof(double)));
        done = -1;
    }
    if (done == 0) memcpy(&self->rules, column.view.buf, sizeof(SieveRules));
    release(&column);
    if (done == 0 && !(self->rules.tokens_max >= 1 && self->rules.tokens_max < QUESTION_WORDS)) {
        PyErr_Format(PyExc_ValueError, "names of 1 to %d words can be sifted", QUESTION_WORDS - 1);
        done = -1;
    }
    return done;
}

static int make_lexicon(Lexicon *lexicon, Py_ssize_t most)
{
    lexicon->most = most > 0 ? most : 1;
    lexicon->buckets = calloc(LEXICON_BUCKETS, sizeof *lexicon->buckets);
    if (lexicon->buckets == NULL) PyErr_NoMemory();
    return lexicon->buckets == NULL ? -1 : 0;
}

/* Sieve(words, matrix, listed, exact, bounds, rules, most): the vocabulary and the matrix of an index, the columns of its
   names, the checksums of their exact keys, what Matrix.names() takes, the numbers of the rules, and how many words of
   payments are kept in mind. The arrays are held, not copied. */
static PyObject *Sieve_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(named))
{
    PyObject *words, *matrix, *listed, *exact, *totals, *least, *evidence, *contained, *rules;
    Py_ssize_t most;
    NameRules bounds = {0};
    if (!PyArg_ParseTuple(args, "O!O!O!O(OOOOffffn)On", words_type, &words, matrix_type, &matrix, &PyTuple_Type, &listed,
                          &exact, &totals, &least, &evidence, &contained, &bounds.steps, &bounds.missing, &bounds.extra,
                          &bounds.cut, &bounds.most, &rules, &most))
        return NULL;
    allocfunc make = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Sieve *self = (Sieve *)make(type, 0);
    if (self == NULL) return NULL;
    Py_INCREF(words);
    Py_INCREF(matrix);
    self->vocabulary = (Words *)words;
    self->matrix = (Matrix *)matrix;
    self->bounds = bounds;
    int done = take_rules(&self->bounds, self->matrix, totals, least, evidence, contained) < 0 || take_numbers(self, rules) < 0 ||
               take_listed(self, listed) < 0 || take(&self->exact, exact, 0) < 0 || note_exact(self) < 0 ||
               make_lexicon(&self->words, most) < 0 ||
               make_lexicon(&self->joined, most) < 0;
    if (!done && self->matrix->words != self->vocabulary->count + INITIALS) {
        PyErr_Format(PyExc_ValueError, "the matrix is one of other words");
        done = 1;
    }
    if (done) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static PyMethodDef batch_methods[] = {
    {"lines", (PyCFunction)Batch_lines, METH_NOARGS, "lines() -> simple names, folded, one a line"},
    {"odd", (PyCFunction)Batch_odd, METH_O, "odd(lines) -> [(number, line or None), ...] to be cut in Python"},
    {"add", (PyCFunction)Batch_add, METH_VARARGS, "add(number, plain, tokens)"},
    {"keep", (PyCFunction)Batch_keep, METH_O, "keep(number)"},
    {"unknown", (PyCFunction)Batch_unknown, METH_NOARGS, "unknown() -> words"},
    {"beginnings", (PyCFunction)Batch_beginnings, METH_NOARGS, "beginnings() -> words"},
    {"left", (PyCFunction)Batch_left, METH_O, "left(floor) -> names that may reach it"},
    {"scores", (PyCFunction)Batch_scores, METH_NOARGS, "scores() -> [(number, best score), ...]"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot batch_slots[] = {{Py_tp_dealloc, Batch_dealloc}, {Py_tp_methods, batch_methods}, {0, NULL}};

static PyType_Spec batch_spec = {"lists.compiled._engine.Batch", sizeof(Batch), 0,
                                 Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, batch_slots};

static PyMethodDef sieve_methods[] = {
    {"batch", (PyCFunction)Sieve_batch, METH_O, "batch(names) -> Batch"},
    {"learn", (PyCFunction)Sieve_learn, METH_VARARGS, "learn(word, bits, flags, half, similarities)"},
    {"learn_beginning", (PyCFunction)Sieve_learn_beginning, METH_VARARGS, "learn_beginning(word, similarities)"},
    {"meant", (PyCFunction)Sieve_meant, METH_O, "meant(word) -> {listed word: similarity}, or None"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot sieve_slots[] = {
    {Py_tp_new, Sieve_new}, {Py_tp_dealloc, Sieve_dealloc}, {Py_tp_methods, sieve_methods}, {0, NULL}};

static PyType_Spec sieve_spec = {"lists.compiled._engine.Sieve", sizeof(Sieve), 0, Py_TPFLAGS_DEFAULT, sieve_slots};

/* Adds the types of this file to the module. */
static int add_sieve(PyObject *module, PyObject *words, PyObject *matrix)
{
    PyObject *sieve = PyType_FromSpec(&sieve_spec), *batch = PyType_FromSpec(&batch_spec);
    Py_XINCREF(words);
    Py_XINCREF(matrix);
    words_type = (PyTypeObject *)words;
    matrix_type = (PyTypeObject *)matrix;
    batch_type = (PyTypeObject *)batch;
    int done = sieve != NULL && batch != NULL ? PyModule_AddObjectRef(module, "Sieve", sieve) : -1;
    Py_XDECREF(sieve);
    return done;
}
