/* Candidates.of() of candidates.py and candidates() of text.py: listed names that share bits with a question.

   The sparse product adds in the order of the question's words, as scipy's does. */

typedef struct {
    Py_buffer view;
    int held;
} Column;

typedef struct {
    PyObject_HEAD
    Column starts, names, bits;   /* words by names: int32, int32, float32 */
    Py_ssize_t words, count;
    float *sums, *best;           /* of each name; of each word */
    int32_t *touched, *chosen;    /* names with a sum; words with a weight */
} Matrix;

static int take(Column *column, PyObject *array)
{
    column->held = PyObject_GetBuffer(array, &column->view, PyBUF_SIMPLE) == 0;
    return column->held ? 0 : -1;
}

static void release(Column *column)
{
    if (column->held) PyBuffer_Release(&column->view);
    column->held = 0;
}

/* Adds the bits of one word, weighed, to every name that holds it; notes names met the first time. */
static Py_ssize_t add_word(Matrix *self, int32_t word, float weight, Py_ssize_t touched)
{
    const int32_t *starts = self->starts.view.buf, *names = self->names.view.buf;
    const float *bits = self->bits.view.buf;
    float *sums = self->sums;
    if (word < 0 || word >= self->words) return touched;
    for (int32_t at = starts[word]; at < starts[word + 1]; at++) {
        int32_t name = names[at];
        float sum = sums[name], added = weight * bits[at];
        if (sum == 0.0f && added > 0.0f) self->touched[touched++] = name;
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

/* The numbers of the best `most`; in the order of their worth, or of their numbers. */
static PyObject *numbers_of(Candidate *candidates, Py_ssize_t count, Py_ssize_t most, int numbered)
{
    if (count > most || !numbered) qsort(candidates, (size_t)count, sizeof *candidates, by_worth);
    if (count > most) count = most;
    if (numbered) qsort(candidates, (size_t)count, sizeof *candidates, by_name);
    PyObject *numbers = PyList_New(count);
    for (Py_ssize_t i = 0; numbers != NULL && i < count; i++)
        PyList_SetItem(numbers, i, PyLong_FromLong(candidates[i].name));
    return numbers;
}

/* A sequence of expansions: calls back with each word and weight. */
static int each_word(PyObject *expansion, Matrix *self, Py_ssize_t *touched,
                     void (*use)(Matrix *, int32_t, float, Py_ssize_t *))
{
    Column ids = {0}, weights = {0};
    if (take(&ids, PyTuple_GetItem(expansion, 1)) < 0) return -1;
    if (take(&weights, PyTuple_GetItem(expansion, 2)) < 0 || ids.view.len != weights.view.len) {
        if (!PyErr_Occurred()) PyErr_Format(PyExc_TypeError, "an expansion has 32-bit ids and weights, as many of each");
        release(&ids);
        release(&weights);
        return -1;
    }
    const int32_t *words = ids.view.buf;
    const float *weight = weights.view.buf;
    for (Py_ssize_t i = 0; i < ids.view.len / 4; i++) use(self, words[i], weight[i], touched);
    release(&ids);
    release(&weights);
    return 0;
}

static void use_at_once(Matrix *self, int32_t word, float weight, Py_ssize_t *touched)
{
    *touched = add_word(self, word, weight, *touched);
}

static void use_best(Matrix *self, int32_t word, float weight, Py_ssize_t *chosen)
{
    if (word < 0 || word >= self->words) return;
    if (self->best[word] == 0.0f && weight > 0.0f) self->chosen[(*chosen)++] = word;
    if (weight > self->best[word]) self->best[word] = weight;
}

typedef struct {
    Column totals, least, evidence, contained;
    float steps, missing, extra, cut;
    Py_ssize_t most;
} NameRules;

/* _bound() of candidates.py. */
static float bound(const NameRules *rules, float matched, float total, float asked)
{
    const float *evidence = rules->evidence.view.buf, *contained = rules->contained.view.buf;
    float last = (float)(rules->evidence.view.len / 4 - 1);
    if (matched > total) matched = total;
    float extra = asked - matched;
    extra = rules->extra * (extra > 0.0f ? extra : 0.0f);
    float best = matched / (matched + rules->missing * (total - matched) + extra);
    float step = matched * rules->steps;
    int32_t at = (int32_t)(step < last ? step : last);
    float share = matched / total, words = best * evidence[at], inside = share * share * contained[at];
    return words > inside ? words : inside;
}

static PyObject *names_of(Matrix *self, PyObject *question, const NameRules *rules)
{
    Py_ssize_t touched = 0, kept = 0;
    PyObject *total = PyObject_GetAttrString(question, "total"), *expansions = PyObject_GetAttrString(question, "expansions");
    float asked = total ? (float)PyFloat_AsDouble(total) : 0.0f;
    int failed = total == NULL || expansions == NULL || PyErr_Occurred() != NULL;
    Py_XDECREF(total);
    for (Py_ssize_t i = 0; !failed && i < PyList_Size(expansions); i++)
        failed = each_word(PyList_GetItem(expansions, i), self, &touched, use_at_once) < 0;
    Py_XDECREF(expansions);
    const float *totals = rules->totals.view.buf, *least = rules->least.view.buf;
    Candidate *candidates = PyMem_Malloc(((size_t)touched + 1) * sizeof *candidates);
    for (Py_ssize_t i = 0; i < touched; i++) {
        int32_t name = self->touched[i];
        float matched = self->sums[name];
        self->sums[name] = 0.0f;
        if (candidates == NULL || matched < least[name]) continue;
        float worth = bound(rules, matched, totals[name], asked);
        if (worth >= rules->cut) candidates[kept++] = (Candidate){name, worth};
    }
    PyObject *numbers = failed ? NULL : candidates ? numbers_of(candidates, kept, rules->most, 1) : PyErr_NoMemory();
    PyMem_Free(candidates);
    return numbers;
}

/* names(totals, least, evidence, contained, steps, missing, extra, cut, most, questions) */
static PyObject *Matrix_names(Matrix *self, PyObject *args)
{
    PyObject *questions, *totals, *least, *evidence, *contained;
    NameRules rules = {0};
    if (!PyArg_ParseTuple(args, "OOOOffffnO!", &totals, &least, &evidence, &contained, &rules.steps, &rules.missing,
                          &rules.extra, &rules.cut, &rules.most, &PyList_Type, &questions))
        return NULL;
    PyObject *answers = NULL;
    if (take(&rules.totals, totals) == 0 && take(&rules.least, least) == 0 && take(&rules.evidence, evidence) == 0 &&
        take(&rules.contained, contained) == 0)
        answers = PyList_New(PyList_Size(questions));
    for (Py_ssize_t i = 0; answers != NULL && i < PyList_Size(questions); i++) {
        PyObject *numbers = names_of(self, PyList_GetItem(questions, i), &rules);
        if (numbers == NULL) Py_CLEAR(answers);
        else PyList_SetItem(answers, i, numbers);
    }
    release(&rules.totals);
    release(&rules.least);
    release(&rules.evidence);
    release(&rules.contained);
    return answers;
}

typedef struct {
    Column least, totals, evidence;
    float steps, floor, exact_bits, exact_share;
    Py_ssize_t most;
} TextRules;

static PyObject *window_of(Matrix *self, PyObject *window, const TextRules *rules)
{
    Py_ssize_t chosen = 0, touched = 0, kept = 0;
    PyObject *expansions = PyObject_GetAttrString(window, "expansions"); /* [(place, expansion), ...] */
    int failed = expansions == NULL;
    for (Py_ssize_t i = 0; !failed && i < PyList_Size(expansions); i++)
        failed = each_word(PyTuple_GetItem(PyList_GetItem(expansions, i), 1), self, &chosen, use_best) < 0;
    Py_XDECREF(expansions);
    qsort(self->chosen, (size_t)chosen, sizeof *self->chosen, by_number);
    for (Py_ssize_t i = 0; i < chosen; i++) {
        int32_t word = self->chosen[i];
        touched = add_word(self, word, self->best[word], touched);
        self->best[word] = 0.0f;
    }
    const float *least = rules->least.view.buf, *totals = rules->totals.view.buf, *evidence = rules->evidence.view.buf;
    float last = (float)(rules->evidence.view.len / 4 - 1);
    Candidate *candidates = PyMem_Malloc(((size_t)touched + 1) * sizeof *candidates);
    for (Py_ssize_t i = 0; i < touched; i++) {
        int32_t name = self->touched[i];
        float matched = self->sums[name];
        self->sums[name] = 0.0f;
        if (candidates == NULL || matched < least[name]) continue;
        float share = matched / totals[name], step = matched * rules->steps;
        if (share > 1.0f) share = 1.0f;
        int exact = matched >= rules->exact_bits && share >= rules->exact_share;
        if (exact || share * evidence[(int32_t)(step < last ? step : last)] >= rules->floor)
            candidates[kept++] = (Candidate){name, matched};
    }
    PyObject *numbers = failed ? NULL : candidates ? numbers_of(candidates, kept, rules->most, 0) : PyErr_NoMemory();
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
    PyObject *answers = NULL;
    if (take(&rules.least, least) == 0 && take(&rules.totals, totals) == 0 && take(&rules.evidence, evidence) == 0)
        answers = PyList_New(PyList_Size(windows));
    for (Py_ssize_t i = 0; answers != NULL && i < PyList_Size(windows); i++) {
        PyObject *numbers = window_of(self, PyList_GetItem(windows, i), &rules);
        if (numbers == NULL) Py_CLEAR(answers);
        else PyList_SetItem(answers, i, numbers);
    }
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
    PyMem_Free(self->touched);
    PyMem_Free(self->chosen);
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    freefunc free_object = (freefunc)PyType_GetSlot(type, Py_tp_free);
    free_object(self);
    Py_DECREF(type);
}

/* Matrix(starts, names, bits, count): the rows of a scipy csr_matrix of so many columns. */
static PyObject *Matrix_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(named))
{
    PyObject *starts, *names, *bits;
    Py_ssize_t count;
    if (!PyArg_ParseTuple(args, "OOOn", &starts, &names, &bits, &count)) return NULL;
    allocfunc make = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Matrix *self = (Matrix *)make(type, 0);
    if (self == NULL) return NULL;
    if (take(&self->starts, starts) < 0 || take(&self->names, names) < 0 || take(&self->bits, bits) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    self->words = self->starts.view.len / 4 - 1;
    self->count = count;
    self->sums = PyMem_Calloc((size_t)count + 1, sizeof *self->sums);
    self->best = PyMem_Calloc((size_t)self->words + 1, sizeof *self->best);
    self->touched = PyMem_Calloc((size_t)count + 1, sizeof *self->touched);
    self->chosen = PyMem_Calloc((size_t)self->words + 1, sizeof *self->chosen);
    if (!self->sums || !self->best || !self->touched || !self->chosen) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
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
