/* The fields of the text block of a FIN message (fields_in_python of schemas/formats/fin.py is the twin). */

typedef struct {
    int kind;
    const void *data;
    Py_ssize_t size;
    PyObject *text;
} Block;

static Py_UCS4 letter(const Block *block, Py_ssize_t at)
{
    return at < block->size ? PyUnicode_READ(block->kind, block->data, at) : 0;
}

/* Where the tag :NN: :NNN: :NNX: :NNNX: at the beginning of a line ends, behind its second colon; -1 where there is none. */
static Py_ssize_t tag_end(const Block *block, Py_ssize_t at)
{
    if (letter(block, at) != ':') return -1;
    Py_ssize_t digits = 0;
    while (digits < 3 && letter(block, at + 1 + digits) >= '0' && letter(block, at + 1 + digits) <= '9') digits++;
    if (digits < 2) return -1;
    at += 1 + digits;
    if (letter(block, at) >= 'A' && letter(block, at) <= 'Z') at++;
    return letter(block, at) == ':' ? at + 1 : -1;
}

static Py_ssize_t line_end(const Block *block, Py_ssize_t at)
{
    Py_ssize_t end = PyUnicode_FindChar(block->text, '\n', at, block->size, 1);
    return end < 0 ? block->size : end;
}

/* The lines from one place to another, each without the blanks at its end, without the empty ones at the end of all. */
static PyObject *lines_of(const Block *block, Py_ssize_t at, Py_ssize_t end)
{
    PyObject *lines = PyList_New(0);
    Py_ssize_t last = 1; /* how many there are to the last that is not empty, the first among them in any case */
    while (lines != NULL) {
        Py_ssize_t stop = line_end(block, at), kept;
        if (stop > end) stop = end;
        for (kept = stop; kept > at && Py_UNICODE_ISSPACE(letter(block, kept - 1));) kept--;
        PyObject *line = PyUnicode_Substring(block->text, at, kept);
        if (line == NULL || PyList_Append(lines, line) < 0) Py_CLEAR(lines);
        Py_XDECREF(line);
        if (lines != NULL && kept > at) last = PyList_GET_SIZE(lines);
        if (stop >= end) break;
        at = stop + 1;
    }
    if (lines != NULL && PyList_SetSlice(lines, last, PY_SSIZE_T_MAX, NULL) < 0) Py_CLEAR(lines);
    PyObject *all = lines == NULL ? NULL : PyList_AsTuple(lines);
    Py_XDECREF(lines);
    return all;
}

/* `:50K:`, `:71F[2]:` for the second of a tag. */
static PyObject *path_of(PyObject *tag, PyObject *counts)
{
    PyObject *before = PyDict_GetItemWithError(counts, tag);
    if (before == NULL && PyErr_Occurred()) return NULL;
    long count = before == NULL ? 1 : PyLong_AsLong(before) + 1;
    PyObject *number = PyLong_FromLong(count);
    int done = number == NULL ? -1 : PyDict_SetItem(counts, tag, number);
    Py_XDECREF(number);
    if (done < 0) return NULL;
    return count == 1 ? PyUnicode_FromFormat(":%U:", tag) : PyUnicode_FromFormat(":%U[%ld]:", tag, count);
}

static PyObject *field_of(const Block *block, Py_ssize_t start, Py_ssize_t text, Py_ssize_t end, const Making *field,
                          PyObject *counts, PyObject *line_feed)
{
    PyObject *values[4] = {PyUnicode_Substring(block->text, start + 1, text - 1), NULL, NULL, NULL}, *made = NULL;
    if (values[0] != NULL) values[1] = path_of(values[0], counts);
    if (values[1] != NULL) values[2] = lines_of(block, text, end);
    if (values[2] != NULL)
        values[3] = PyTuple_GET_SIZE(values[2]) == 1 ? Py_NewRef(PyTuple_GET_ITEM(values[2], 0))
                                                      : PyUnicode_Join(line_feed, values[2]);
    if (values[3] != NULL) made = filled(field, values);
    for (int i = 0; i < 4; i++) Py_XDECREF(values[i]);
    return made;
}

/* fields(body, Field) -> (start, fields): all fields, and where the first begins. */
static PyObject *fields(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *body, *cls;
    if (!PyArg_ParseTuple(args, "UO", &body, &cls)) return NULL;
    const Making *field = making_of(cls);
    if (field->type == NULL || field->count != 4) return PyErr_Format(PyExc_TypeError, "no class of fields");
    Block block = {PyUnicode_KIND(body), PyUnicode_DATA(body), PyUnicode_GET_LENGTH(body), body};
    PyObject *found = PyList_New(0), *counts = PyDict_New(), *line_feed = PyUnicode_FromString("\n");
    int good = found != NULL && counts != NULL && line_feed != NULL;
    Py_ssize_t first = block.size, start = -1, text = 0, at = 0;
    while (good) { /* `at` is the beginning of a line, or one behind the end */
        Py_ssize_t next = at > block.size ? -1 : tag_end(&block, at);
        if (start >= 0 && (next >= 0 || at > block.size)) {
            /* The line feed before the next tag is none of the field's. */
            PyObject *made = field_of(&block, start, text, at - 1, field, counts, line_feed);
            good = made != NULL && PyList_Append(found, made) == 0;
            Py_XDECREF(made);
        }
        if (next >= 0) {
            if (start < 0) first = at;
            start = at;
            text = next;
        }
        if (at > block.size) break;
        at = line_end(&block, at) + 1;
    }
    Py_XDECREF(counts);
    Py_XDECREF(line_feed);
    if (good) return Py_BuildValue("(nN)", first, found);
    Py_XDECREF(found);
    return NULL;
}
