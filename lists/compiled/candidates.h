/* Candidates.of() of candidates.py and candidates() of text.py: listed names that share bits with a question.

   The sparse product adds in the order of the question's words, as scipy's does. */

typedef struct {
    Py_buffer view;
    int held;
} Column;

enum { EACH = 4 }; /* bytes of a number in an array */

typedef struct {
    PyObject_HEAD
    Column starts, names, bits;   /* words by names: int32, int32, float32 */
    Py_ssize_t words, count;
    float *sums, *best, *top;     /* of each name; of each word; the most bits a word has in a name */
    int32_t *touched, *chosen;    /* names with a sum; words with a weight */
    int ascending;                /* whether the names of each word are in the order of their numbers */
} Matrix;

static Py_ssize_t numbers_in(const Column *column) { return column->view.len / EACH; }

/* Holds an array of at least so many 32-bit numbers. */
static int take(Column *column, PyObject *array, Py_ssize_t least)
{
    if (array == NULL) return -1;
    column->held = PyObject_GetBuffer(array, &column->view, PyBUF_SIMPLE) == 0;
    if (!column->held) return -1;
    if (column->view.itemsize == EACH && (uintptr_t)column->view.buf % EACH == 0 && numbers_in(column) >= least) return 0;
    PyErr_Format(PyExc_TypeError, "an array of %zd 32-bit numbers or more is wanted", least);
    return -1;
}

static void release(Column *column)
{
    if (column->held) PyBuffer_Release(&column->view);
    column->held = 0;
}

/* Adds the bits of one word, weighed, to every name that holds it; notes names met the first time. A sum only ever
   grows, so that no name is noted twice; places and names are looked at again, for the arrays are not ours alone. */
static Py_ssize_t add_word(Matrix *self, int32_t word, float weight, Py_ssize_t touched)
{
    const int32_t *starts = self->starts.view.buf, *names = self->names.view.buf;
    const float *bits = self->bits.view.buf;
    float *sums = self->sums;
    if (word < 0 || word >= self->words) return touched;
    int32_t first = starts[word], end = starts[word + 1];
    if (first < 0 || end > numbers_in(&self->names)) return touched;
    for (int32_t at = first; at < end; at++) {
        int32_t name = names[at];
        if (name < 0 || name >= self->count) continue;
        float sum = sums[name], added = weight * bits[at];
        if (!(added > 0.0f)) continue;
        if (sum == 0.0f) self->touched[touched++] = name;
        sums[name] = sum + added;
    }
    return touched;
}

typedef struct {
    int32_t name;
    float worth;
} Candidate;

static int by_worth(const void *one, const void *two)
{
    const Candidate *a = one, *b = two;
    if (a->worth != b->worth) return a->worth < b->worth ? 1 : -1;
    return (a->name > b->name) - (a->name < b->name);
}

static int by_name(const void *one, const void *two)
{
    const Candidate *a = one, *b = two;
    return (a->name > b->name) - (a->name < b->name);
}

/* Puts the best `most` in front, in the order of their worth or of their numbers; gives how many they are. */
static Py_ssize_t best_of(Candidate *candidates, Py_ssize_t count, Py_ssize_t most, int numbered)
{
    if (count > most || !numbered) qsort(candidates, (size_t)count, sizeof *candidates, by_worth);
    if (count > most) count = most;
    if (numbered) qsort(candidates, (size_t)count, sizeof *candidates, by_name);
    return count;
}

static PyObject *numbers_of(Candidate *candidates, Py_ssize_t count, Py_ssize_t most, int numbered)
{
    count = best_of(candidates, count, most, numbered);
    PyObject *numbers = PyList_New(count);
    for (Py_ssize_t i = 0; numbers != NULL && i < count; i++) {
        PyObject *number = PyLong_FromLong(candidates[i].name);
        if (number == NULL) Py_CLEAR(numbers);
        else PyList_SetItem(numbers, i, number);
    }
    return numbers;
}

typedef struct {
    int32_t word;
    float weight;
} Weighed;

/* Copies the words of an expansion and their weights. A word the matrix lacks, or a weight that is no share, would be
   a listed party missed: it is refused. */
static int note_expansion(const Matrix *self, PyObject *expansion, Bytes *weighed)
{
    Column ids = {0}, weights = {0};
    int done = -1;
    if (!PyTuple_Check(expansion)) {
        PyErr_Format(PyExc_TypeError, "an expansion is a tuple");
        return -1;
    }
    if (take(&ids, PyTuple_GetItem(expansion, 1), 0) < 0 || take(&weights, PyTuple_GetItem(expansion, 2), 0) < 0) goto end;
    Py_ssize_t count = numbers_in(&ids);
    if (count != numbers_in(&weights)) {
        PyErr_Format(PyExc_TypeError, "an expansion has 32-bit ids and weights, as many of each");
        goto end;
    }
    if (reserve(weighed, weighed->size + count * (Py_ssize_t)sizeof(Weighed)) < 0) goto end;
    const int32_t *words = ids.view.buf;
    const float *shares = weights.view.buf;
    for (Py_ssize_t i = 0; i < count; i++) {
        Weighed one = {words[i], shares[i]};
        if (one.word < 0 || one.word >= self->words || !(one.weight >= 0.0f && one.weight <= FLT_MAX)) {
            PyErr_Format(PyExc_ValueError, "an expansion has word %d, which is not known, or no weight for it", one.word);
            goto end;
        }
        memcpy(weighed->data + weighed->size, &one, sizeof one);
        weighed->size += (Py_ssize_t)sizeof one;
    }
    done = 0;
end:
    release(&ids);
    release(&weights);
    return done;
}

/* Copies the words of all expansions of a question or window, whose expansions stand in pairs (place, expansion). All of
   it before the first sum: what runs Python, and may let another thread in, is over by then. */
static int note_words(const Matrix *self, PyObject *question, int placed, Bytes *weighed)
{
    PyObject *listed = PyObject_GetAttrString(question, "expansions");
    PyObject *expansions = listed ? PySequence_Tuple(listed) : NULL;
    Py_XDECREF(listed);
    if (expansions == NULL) return -1;
    int done = 0;
    weighed->size = 0;
    for (Py_ssize_t i = 0; done == 0 && i < PyTuple_Size(expansions); i++) {
        PyObject *expansion = PyTuple_GetItem(expansions, i);
        if (placed) expansion = PyTuple_Check(expansion) ? PyTuple_GetItem(expansion, 1) : Py_None;
        done = expansion ? note_expansion(self, expansion, weighed) : -1;
    }
    Py_DECREF(expansions);
    return done;
}

/* The best weight of each word, by word: the words stand in `chosen`, their weights in `best`. */
static Py_ssize_t choose_best(Matrix *self, const Bytes *weighed)
{
    const Weighed *words = (const Weighed *)weighed->data;
    Py_ssize_t chosen = 0;
    for (Py_ssize_t i = 0; i < weighed->size / (Py_ssize_t)sizeof *words; i++) {
        int32_t word = words[i].word;
        float weight = words[i].weight;
        if (self->best[word] == 0.0f && weight > 0.0f) self->chosen[chosen++] = word;
        if (weight > self->best[word]) self->best[word] = weight;
    }
    qsort(self->chosen, (size_t)chosen, sizeof *self->chosen, by_number);
    return chosen;
}

/* The place of matched bits in a table of so many steps a bit. */
static int32_t place_of(float matched, float steps, const Column *table)
{
    float step = matched * steps, last = (float)(numbers_in(table) - 1);
    return step > 0.0f ? (int32_t)(step < last ? step : last) : 0;
}

typedef struct {
    Column totals, least, evidence, contained;
    float steps, missing, extra, cut, least_of_all;
    Py_ssize_t most;
} NameRules;

/* _bound() of candidates.py. */
static float bound(const NameRules *rules, float matched, float total, float asked)
{
    const float *evidence = rules->evidence.view.buf, *contained = rules->contained.view.buf;
    if (matched > total) matched = total;
    float extra = asked - matched;
    extra = rules->extra * (extra > 0.0f ? extra : 0.0f);
    float best = matched / (matched + rules->missing * (total - matched) + extra);
    int32_t at = place_of(matched, rules->steps, &rules->evidence);
    float share = matched / total, words = best * evidence[at], inside = share * share * contained[at];
    return words > inside ? words : inside;
}

/* The bits of a word in a name; 0 where the name lacks it. */
static float bits_in(const Matrix *self, int32_t word, int32_t name)
{
    const int32_t *starts = self->starts.view.buf, *names = self->names.view.buf;
    int32_t low = starts[word], high = starts[word + 1], end = high;
    if (low < 0 || high > numbers_in(&self->names)) return 0.0f;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (names[middle] < name) low = middle + 1;
        else high = middle;
    }
    return low < end && names[low] == name ? ((const float *)self->bits.view.buf)[low] : 0.0f;
}

static int32_t cells_of(const Matrix *self, int32_t word)
{
    const int32_t *starts = self->starts.view.buf;
    return starts[word + 1] - starts[word];
}

enum { COMMON_CELLS = 512, COMMON_MOST = 8 };

/* Words in so many names that walking through them costs more than all else, and that prove too little to make a
   candidate even all together: "bank", an initial. Gives how many they are; they stand in `common` by their places. */
static int find_common(const Matrix *self, const Bytes *weighed, float least, Py_ssize_t *common, float *at_most)
{
    const Weighed *words = (const Weighed *)weighed->data;
    int found = 0;
    *at_most = 0.0f;
    if (!self->ascending) return 0;
    for (Py_ssize_t i = 0; i < weighed->size / (Py_ssize_t)sizeof *words; i++) {
        int32_t cells = cells_of(self, words[i].word);
        float proves = words[i].weight * self->top[words[i].word] * 1.001f;
        if (cells <= COMMON_CELLS || !(proves < least)) continue;
        int to = found; /* by their cells, widest first */
        while (to > 0 && cells > cells_of(self, words[common[to - 1]].word)) to--;
        if (to == COMMON_MOST) continue;
        if (found < COMMON_MOST) found++;
        memmove(common + to + 1, common + to, (size_t)(found - to - 1) * sizeof *common);
        common[to] = i;
    }
    int kept = 0;
    for (int k = 0; k < found; k++) {
        float proves = words[common[k]].weight * self->top[words[common[k]].word] * 1.001f;
        if (!(*at_most + proves < least)) continue;
        *at_most += proves;
        common[kept++] = common[k];
    }
    return kept;
}

/* The sum of a name, as if the common words had been added like all others, in their order. */
static float with_common(const Matrix *self, const Bytes *weighed, const Py_ssize_t *common, int count, int32_t name)
{
    const Weighed *words = (const Weighed *)weighed->data;
    float more = 0.0f, sum = 0.0f;
    for (int k = 0; k < count; k++) more += words[common[k]].weight * bits_in(self, words[common[k]].word, name);
    if (!(more > 0.0f)) return self->sums[name];
    for (Py_ssize_t i = 0; i < weighed->size / (Py_ssize_t)sizeof *words; i++) {
        float added = words[i].weight * bits_in(self, words[i].word, name);
        if (added > 0.0f) sum += added;
    }
    return sum;
}

/* Names that could score well with these words, and how well; -1 where the memory is full. A name of common words alone is
   none; the others are few, and only of those that could do it with all common words these are looked up. */
static Py_ssize_t promising(Matrix *self, const Bytes *weighed, float asked, const NameRules *rules, Bytes *found)
{
    Py_ssize_t touched = 0, kept = 0, common[COMMON_MOST];
    const Weighed *words = (const Weighed *)weighed->data;
    float at_most;
    int commons = find_common(self, weighed, rules->least_of_all, common, &at_most);
    for (Py_ssize_t i = 0; i < weighed->size / (Py_ssize_t)sizeof *words; i++) {
        int left_out = 0;
        for (int k = 0; k < commons; k++) left_out |= common[k] == i;
        if (!left_out) touched = add_word(self, words[i].word, words[i].weight, touched);
    }
    const float *totals = rules->totals.view.buf, *least = rules->least.view.buf;
    int done = reserve(found, (touched + 1) * (Py_ssize_t)sizeof(Candidate));
    Candidate *candidates = (Candidate *)found->data;
    for (Py_ssize_t i = 0; i < touched; i++) {
        int32_t name = self->touched[i];
        float matched = self->sums[name], best = (matched + at_most) * 1.0001f;
        int worth_it = commons ? best >= least[name] && bound(rules, best, totals[name], asked) >= rules->cut : 1;
        if (commons && worth_it) matched = with_common(self, weighed, common, commons, name);
        self->sums[name] = 0.0f;
        if (done < 0 || !worth_it || matched < least[name]) continue;
        float worth = bound(rules, matched, totals[name], asked);
        if (worth >= rules->cut) candidates[kept++] = (Candidate){name, worth};
    }
    return done < 0 ? -1 : kept;
}

static PyObject *names_of(Matrix *self, PyObject *question, const NameRules *rules, Bytes *weighed, Bytes *found)
{
    PyObject *total = PyObject_GetAttrString(question, "total");
    if (total == NULL) return NULL;
    float asked = (float)PyFloat_AsDouble(total);
    Py_DECREF(total);
    if (PyErr_Occurred() || note_words(self, question, 0, weighed) < 0) return NULL;
    Py_ssize_t count = promising(self, weighed, asked, rules, found);
    return count < 0 ? NULL : numbers_of((Candidate *)found->data, count, rules->most, 1);
}

static int take_rules(NameRules *rules, const Matrix *matrix, PyObject *totals, PyObject *least, PyObject *evidence,
                      PyObject *contained)
{
    if (rules->most < 0) {
        PyErr_Format(PyExc_ValueError, "fewer than no names are wanted");
        return -1;
    }
    int taken = take(&rules->totals, totals, matrix->count) == 0 && take(&rules->least, least, matrix->count) == 0 &&
                take(&rules->evidence, evidence, 1) == 0 &&
                take(&rules->contained, contained, numbers_in(&rules->evidence)) == 0;
    if (!taken) return -1;
    rules->least_of_all = FLT_MAX;
    for (Py_ssize_t i = 0; i < matrix->count; i++) {
        float least_bits = ((const float *)rules->least.view.buf)[i];
        if (!(least_bits >= rules->least_of_all)) rules->least_of_all = least_bits; /* what is no number spares nothing */
    }
    return 0;
}

static void release_rules(NameRules *rules)
{
    release(&rules->totals);
    release(&rules->least);
    release(&rules->evidence);
    release(&rules->contained);
}

/* names(totals, least, evidence, contained, steps, missing, extra, cut, most, questions) */
static PyObject *Matrix_names(Matrix *self, PyObject *args)
{
    PyObject *questions, *totals, *least, *evidence, *contained;
    NameRules rules = {0};
    if (!PyArg_ParseTuple(args, "OOOOffffnO!", &totals, &least, &evidence, &contained, &rules.steps, &rules.missing,
                          &rules.extra, &rules.cut, &rules.most, &PyList_Type, &questions))
        return NULL;
    PyObject *answers = NULL, *kept = PyList_AsTuple(questions); /* the list may change meanwhile */
    Bytes weighed = {0}, found = {0};
    if (kept != NULL && take_rules(&rules, self, totals, least, evidence, contained) == 0)
        answers = PyList_New(PyTuple_Size(kept));
    for (Py_ssize_t i = 0; answers != NULL && i < PyTuple_Size(kept); i++) {
        PyObject *numbers = names_of(self, PyTuple_GetItem(kept, i), &rules, &weighed, &found);
        if (numbers == NULL) Py_CLEAR(answers);
        else PyList_SetItem(answers, i, numbers);
    }
    Py_XDECREF(kept);
    free(weighed.data);
    free(found.data);
    release_rules(&rules);
    return answers;
}

typedef struct {
    Column least, totals, evidence;
    float steps, floor, exact_bits, exact_share;
    Py_ssize_t most;
} TextRules;

/* Adds up the best weights of the words; how many names have a sum. */
static Py_ssize_t sum_up(Matrix *self, const Bytes *weighed)
{
    Py_ssize_t touched = 0, chosen = choose_best(self, weighed);
    for (Py_ssize_t i = 0; i < chosen; i++) {
        int32_t word = self->chosen[i];
        touched = add_word(self, word, self->best[word], touched);
        self->best[word] = 0.0f;
    }
    return touched;
}

/* Whether a name could score enough with so many matched bits at best. */
static int is_reached(const TextRules *rules, int32_t name, float matched)
{
    const float *least = rules->least.view.buf, *totals = rules->totals.view.buf, *evidence = rules->evidence.view.buf;
    if (matched < least[name]) return 0;
    float share = matched / totals[name];
    if (share > 1.0f) share = 1.0f;
    if (matched >= rules->exact_bits && share >= rules->exact_share) return 1;
    return share * evidence[place_of(matched, rules->steps, &rules->evidence)] >= rules->floor;
}

static PyObject *window_of(Matrix *self, PyObject *window, const TextRules *rules, Bytes *weighed)
{
    Py_ssize_t kept = 0;
    if (note_words(self, window, 1, weighed) < 0) return NULL;
    Py_ssize_t touched = sum_up(self, weighed);
    Candidate *candidates = PyMem_Malloc(((size_t)touched + 1) * sizeof *candidates);
    for (Py_ssize_t i = 0; i < touched; i++) {
        int32_t name = self->touched[i];
        float matched = self->sums[name];
        self->sums[name] = 0.0f;
        if (candidates != NULL && is_reached(rules, name, matched)) candidates[kept++] = (Candidate){name, matched};
    }
    PyObject *numbers = candidates ? numbers_of(candidates, kept, rules->most, 0) : PyErr_NoMemory();
    PyMem_Free(candidates);
    return numbers;
}

/* windows(least, totals, evidence, steps, exact_bits, exact_share, most, floor, windows) */
static PyObject *Matrix_windows(Matrix *self, PyObject *args)
{
    PyObject *windows, *least, *totals, *evidence;
    TextRules rules = {0};
    if (!PyArg_ParseTuple(args, "OOOfffnfO!", &least, &totals, &evidence, &rules.steps, &rules.exact_bits,
                          &rules.exact_share, &rules.most, &rules.floor, &PyList_Type, &windows))
        return NULL;
    if (rules.most < 0) return PyErr_Format(PyExc_ValueError, "fewer than no names are wanted");
    PyObject *answers = NULL, *kept = PyList_AsTuple(windows); /* the list may change meanwhile */
    Bytes weighed = {0};
    if (kept != NULL && take(&rules.least, least, self->count) == 0 && take(&rules.totals, totals, self->count) == 0 &&
        take(&rules.evidence, evidence, 1) == 0)
        answers = PyList_New(PyTuple_Size(kept));
    for (Py_ssize_t i = 0; answers != NULL && i < PyTuple_Size(kept); i++) {
        PyObject *numbers = window_of(self, PyTuple_GetItem(kept, i), &rules, &weighed);
        if (numbers == NULL) Py_CLEAR(answers);
        else PyList_SetItem(answers, i, numbers);
    }
    Py_XDECREF(kept);
    free(weighed.data);
    release(&rules.least);
    release(&rules.totals);
    release(&rules.evidence);
    return answers;
}

static void Matrix_dealloc(Matrix *self)
{
    release(&self->starts);
    release(&self->names);
    release(&self->bits);
    PyMem_Free(self->sums);
    PyMem_Free(self->best);
    PyMem_Free(self->top);
    PyMem_Free(self->touched);
    PyMem_Free(self->chosen);
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    freefunc free_object = (freefunc)PyType_GetSlot(type, Py_tp_free);
    free_object(self);
    Py_DECREF(type);
}

/* Whether rows lie inside one another's bounds, names inside the columns, and all bits are numbers from 0 on. */
static int is_sound(const Matrix *self)
{
    const int32_t *starts = self->starts.view.buf, *names = self->names.view.buf;
    const float *bits = self->bits.view.buf;
    Py_ssize_t cells = numbers_in(&self->names);
    if (starts[0] != 0 || starts[self->words] > cells || numbers_in(&self->bits) != cells) return 0;
    for (Py_ssize_t word = 0; word < self->words; word++)
        if (starts[word] > starts[word + 1]) return 0;
    for (Py_ssize_t at = 0; at < cells; at++)
        if (names[at] < 0 || names[at] >= self->count || !(bits[at] >= 0.0f && bits[at] <= FLT_MAX)) return 0;
    return 1;
}

/* Notes the most bits of each word, and whether its names can be searched by halves. */
static void note_tops(Matrix *self)
{
    const int32_t *starts = self->starts.view.buf, *names = self->names.view.buf;
    const float *bits = self->bits.view.buf;
    self->ascending = 1;
    for (Py_ssize_t word = 0; word < self->words; word++)
        for (int32_t at = starts[word]; at < starts[word + 1]; at++) {
            if (bits[at] > self->top[word]) self->top[word] = bits[at];
            if (at > starts[word] && names[at] <= names[at - 1]) self->ascending = 0;
        }
}

/* Matrix(starts, names, bits, count): the rows of a scipy csr_matrix of so many columns. The arrays are held, not
   copied, since workers share their memory. */
static PyObject *Matrix_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(named))
{
    PyObject *starts, *names, *bits;
    Py_ssize_t count;
    if (!PyArg_ParseTuple(args, "OOOn", &starts, &names, &bits, &count)) return NULL;
    if (count < 0 || count > INT32_MAX) return PyErr_Format(PyExc_ValueError, "a matrix of %zd names", count);
    allocfunc make = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Matrix *self = (Matrix *)make(type, 0);
    if (self == NULL) return NULL;
    if (take(&self->starts, starts, 1) < 0 || take(&self->names, names, 0) < 0 || take(&self->bits, bits, 0) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    self->words = numbers_in(&self->starts) - 1;
    self->count = count;
    if (self->words > INT32_MAX || !is_sound(self)) {
        Py_DECREF(self);
        return PyErr_Format(PyExc_ValueError, "these arrays are no matrix of %zd names", count);
    }
    self->sums = PyMem_Calloc((size_t)count + 1, sizeof *self->sums);
    self->best = PyMem_Calloc((size_t)self->words + 1, sizeof *self->best);
    self->top = PyMem_Calloc((size_t)self->words + 1, sizeof *self->top);
    self->touched = PyMem_Calloc((size_t)count + 1, sizeof *self->touched);
    self->chosen = PyMem_Calloc((size_t)self->words + 1, sizeof *self->chosen);
    if (!self->sums || !self->best || !self->top || !self->touched || !self->chosen) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    note_tops(self);
    return (PyObject *)self;
}

static PyMethodDef matrix_methods[] = {
    {"names", (PyCFunction)Matrix_names, METH_VARARGS, "Candidates.of()"},
    {"windows", (PyCFunction)Matrix_windows, METH_VARARGS, "text.candidates()"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot matrix_slots[] = {
    {Py_tp_new, Matrix_new},
    {Py_tp_dealloc, Matrix_dealloc},
    {Py_tp_methods, matrix_methods},
    {0, NULL},
};

static PyType_Spec matrix_spec = {"lists.compiled._engine.Matrix", sizeof(Matrix), 0, Py_TPFLAGS_DEFAULT, matrix_slots};
