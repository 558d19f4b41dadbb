/* Parts of a message of a known shape (schemas/formats/xml_shapes.py), and what is made of them (forms.py, plain.py). */

/* The plain forms of plain.py: 1 a number, date or time, 2 a code, 0 none. */
#define PLAIN_NUMBER "[0-9.,:+\\-TZ]{0,40}"
#define PLAIN_CODE "[A-Z0-9]{1,4}|true|false"

static int is_number(int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    if (end - start > 40) return 0;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if (c >= 0x80 || c == 0 || strchr("0123456789.,:+-TZ", (int)c) == NULL) return 0;
    }
    return 1;
}

static int equals(int kind, const void *data, Py_ssize_t start, Py_ssize_t end, const char *word)
{
    if (end - start != (Py_ssize_t)strlen(word)) return 0;
    for (Py_ssize_t i = start; i < end; i++)
        if (PyUnicode_READ(kind, data, i) != (Py_UCS4)word[i - start]) return 0;
    return 1;
}

static int is_code(int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t i = end - start > 4 ? end : start;
    for (; i < end; i++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) break;
    }
    if (end - start <= 4 && i == end) return 1;
    return equals(kind, data, start, end, "true") || equals(kind, data, start, end, "false");
}

/* Whether a text may name something: not blank, and not of the plain form. */
static int says(PyObject *text, long form)
{
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t start = 0, end = PyUnicode_GET_LENGTH(text);
    while (start < end && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, start))) start++;
    while (start < end && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, end - 1))) end--;
    if (start == end) return 0;
    return !(form == 1 ? is_number(kind, data, start, end) : form == 2 && is_code(kind, data, start, end));
}

/* A leaf: (key, place, text). */
static PyObject *leaf_at(PyObject *leaves, Py_ssize_t number)
{
    PyObject *leaf = number >= 0 && number < PyList_GET_SIZE(leaves) ? PyList_GET_ITEM(leaves, number) : NULL;
    if (leaf != NULL && PyTuple_CheckExact(leaf) && PyTuple_GET_SIZE(leaf) == 3 && PyUnicode_Check(PyTuple_GET_ITEM(leaf, 2)))
        return leaf;
    return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_IndexError, "there is no leaf %zd", number);
}

static PyObject *at_type, *words_type, *under_type, *several_type, *said_type, *made_type;
static const Making *value_making, *text_making;

static PyObject *value_at(PyObject *leaf)
{
    PyObject *values[2] = {PyTuple_GET_ITEM(leaf, 2), PyTuple_GET_ITEM(leaf, 1)};
    return filled(value_making, values);
}

/* A pair of (number of a leaf, plain form it could have): 1 with the leaf where its text says something. */
static int said_at(PyObject *pair, PyObject *leaves, PyObject **leaf)
{
    if (!PyTuple_CheckExact(pair) || PyTuple_GET_SIZE(pair) != 2) {
        PyErr_SetString(PyExc_TypeError, "a leaf that may say something is (number, form)");
        return -1;
    }
    long number = PyLong_AsLong(PyTuple_GET_ITEM(pair, 0)), form = PyLong_AsLong(PyTuple_GET_ITEM(pair, 1));
    if ((number == -1 || form == -1) && PyErr_Occurred()) return -1;
    *leaf = leaf_at(leaves, number);
    return *leaf == NULL ? -1 : says(PyTuple_GET_ITEM(*leaf, 2), form);
}

static PyObject *said(PyObject *pairs, PyObject *leaves)
{
    PyObject *found = PyList_New(0), *leaf;
    if (found == NULL) return NULL;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(pairs); i++) {
        int speaks = said_at(PyTuple_GET_ITEM(pairs, i), leaves, &leaf);
        PyObject *value = speaks > 0 ? value_at(leaf) : NULL;
        if (speaks < 0 || (speaks && (value == NULL || PyList_Append(found, value) < 0))) {
            Py_XDECREF(value);
            Py_DECREF(found);
            return NULL;
        }
        Py_XDECREF(value);
    }
    PyObject *all = PyList_AsTuple(found);
    Py_DECREF(found);
    return all;
}

static PyObject *formed(PyObject *form, PyObject *path, PyObject *leaves);

static PyObject *made_of(PyObject *cls, PyObject *parts, PyObject *path, PyObject *leaves)
{
    PyObject *values[FIELDS] = {NULL}, *made = NULL;
    const Making *making = making_of(cls);
    Py_ssize_t count = PyTuple_GET_SIZE(parts), done = 0;
    if (making->type == NULL || count != making->count) return PyErr_Format(PyExc_TypeError, "a form of another class");
    while (done < count) {
        values[done] = formed(PyTuple_GET_ITEM(parts, done), path, leaves);
        if (values[done] == NULL) break;
        done++;
    }
    if (done == count) made = filled(making, values);
    while (done > 0) Py_DECREF(values[--done]);
    return made;
}

static PyObject *formed(PyObject *form, PyObject *path, PyObject *leaves)
{
    PyObject *type = (PyObject *)Py_TYPE(form);
    if (!PyTuple_Check(form) || PyTuple_CheckExact(form) || PyTuple_GET_SIZE(form) == 0) return Py_NewRef(form);
    PyObject *first = PyTuple_GET_ITEM(form, 0);
    if (type == at_type || type == words_type) {
        PyObject *leaf = leaf_at(leaves, PyLong_AsSsize_t(first));
        if (leaf == NULL) return NULL;
        return type == at_type ? value_at(leaf) : Py_NewRef(PyTuple_GET_ITEM(leaf, 2));
    }
    if (type == under_type) return PyUnicode_Concat(path, first);
    if (type == made_type) return made_of(first, PyTuple_GET_ITEM(form, 1), path, leaves);
    if (type == said_type) return said(first, leaves);
    if (type != several_type) return Py_NewRef(form);
    Py_ssize_t count = PyTuple_GET_SIZE(first);
    PyObject *all = PyTuple_New(count);
    for (Py_ssize_t i = 0; all != NULL && i < count; i++) {
        PyObject *one = formed(PyTuple_GET_ITEM(first, i), path, leaves);
        if (one == NULL) Py_CLEAR(all);
        else PyTuple_SET_ITEM(all, i, one);
    }
    return all;
}

/* forms(Value, Text, At, Words, Under, Several, Said, Made) -> bool: the classes of forms.py, once. */
static PyObject *forms(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *value, *text, *kinds[6];
    if (!PyArg_ParseTuple(args, "OOOOOOOO", &value, &text, kinds, kinds + 1, kinds + 2, kinds + 3, kinds + 4, kinds + 5))
        return NULL;
    const Making *of_value = making_of(value), *of_text = making_of(text);
    if (of_value->type == NULL || of_value->count != 2 || of_text->type == NULL || of_text->count != 3) Py_RETURN_FALSE;
    PyObject **known[6] = {&at_type, &words_type, &under_type, &several_type, &said_type, &made_type};
    for (int i = 0; i < 6; i++) Py_XSETREF(*known[i], Py_NewRef(kinds[i]));
    value_making = of_value;
    text_making = of_text;
    Py_RETURN_TRUE;
}

/* fill(form, path, leaves): what the form says, of these leaves. */
static PyObject *fill(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (count != 3 || !PyUnicode_Check(args[1]) || !PyList_CheckExact(args[2]) || value_making == NULL)
        return PyErr_Format(PyExc_TypeError, "fill(form, path, leaves)");
    return formed(args[0], args[1], args[2]);
}

/* keep(into, kind, leaves, pairs): a Text of that kind for each leaf that says something. */
static PyObject *keep(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (count != 4 || !PyList_CheckExact(args[0]) || !PyList_CheckExact(args[2]) || !PyTuple_CheckExact(args[3]) ||
        text_making == NULL)
        return PyErr_Format(PyExc_TypeError, "keep(into, kind, leaves, pairs)");
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args[3]); i++) {
        PyObject *leaf;
        int speaks = said_at(PyTuple_GET_ITEM(args[3], i), args[2], &leaf);
        if (speaks < 0) return NULL;
        if (!speaks) continue;
        PyObject *values[3] = {args[1], PyTuple_GET_ITEM(leaf, 2), PyTuple_GET_ITEM(leaf, 1)};
        PyObject *text = filled(text_making, values);
        int failed = text == NULL || PyList_Append(args[0], text) < 0;
        Py_XDECREF(text);
        if (failed) return NULL;
    }
    Py_RETURN_NONE;
}

/* A plan as planned() is handed it: see Plan in xml_shapes.py. */
typedef struct {
    PyObject *keys, *places, *numbers, *texts, *base;
    const Making *part;
} Planned;

static PyObject *below(const Planned *plan, PyObject *place)
{
    return PyUnicode_GET_LENGTH(plan->base) ? PyUnicode_Concat(plan->base, place) : Py_NewRef(place);
}

static PyObject *planned_leaf(const Planned *plan, Py_ssize_t at)
{
    Py_ssize_t number = PyLong_AsSsize_t(PyTuple_GET_ITEM(plan->numbers, at));
    if (number < 0 || number >= PyList_GET_SIZE(plan->texts)) return PyErr_Format(PyExc_IndexError, "a text too few");
    PyObject *place = below(plan, PyTuple_GET_ITEM(plan->places, at));
    if (place == NULL) return NULL;
    PyObject *leaf = PyTuple_Pack(3, PyTuple_GET_ITEM(plan->keys, at), place, PyList_GET_ITEM(plan->texts, number));
    Py_DECREF(place);
    return leaf;
}

/* One part by its slot (name, place, first leaf, the one after the last, memo); `name` is borrowed. */
static PyObject *planned_part(const Planned *plan, PyObject *slot, PyObject **name)
{
    PyObject *where, *memo, *part = NULL;
    Py_ssize_t start, stop;
    if (!PyArg_ParseTuple(slot, "OUnnO", name, &where, &start, &stop, &memo)) return NULL;
    if (start < 0 || stop < start || stop > PyTuple_GET_SIZE(plan->numbers)) return PyErr_Format(PyExc_IndexError, "a leaf too few");
    PyObject *leaves = PyList_New(stop - start), *path = below(plan, where);
    int good = leaves != NULL && path != NULL;
    for (Py_ssize_t i = start; good && i < stop; i++) {
        PyObject *leaf = planned_leaf(plan, i);
        good = leaf != NULL;
        if (good) PyList_SET_ITEM(leaves, i - start, leaf);
    }
    PyObject *values[3] = {path, leaves, memo};
    if (good) part = filled(plan->part, values);
    Py_XDECREF(leaves);
    Py_XDECREF(path);
    return part;
}

static int add_part(const Planned *plan, PyObject *slot, PyObject *parts, int is_first)
{
    PyObject *name, *part = planned_part(plan, slot, &name);
    if (part == NULL) return -1;
    int done = -1;
    if (is_first) {
        PyObject *several = PyList_New(1);
        if (several != NULL) {
            PyList_SET_ITEM(several, 0, Py_NewRef(part));
            done = PyDict_SetItem(parts, name, several);
            Py_DECREF(several);
        }
    } else {
        PyObject *several = PyDict_GetItemWithError(parts, name);
        if (several != NULL && PyList_CheckExact(several)) done = PyList_Append(several, part);
        else if (!PyErr_Occurred()) PyErr_SetString(PyExc_KeyError, "the first part of this name");
    }
    Py_DECREF(part);
    return done;
}

static PyObject *planned_parts(const Planned *plan, PyObject *slots)
{
    PyObject *parts = PyDict_New();
    for (int further = 0; parts != NULL && further < 2; further++) {
        PyObject *group = PyTuple_GET_ITEM(slots, further);
        for (Py_ssize_t i = 0; parts != NULL && i < PyTuple_GET_SIZE(group); i++)
            if (add_part(plan, PyTuple_GET_ITEM(group, i), parts, !further) < 0) Py_CLEAR(parts);
    }
    return parts;
}

/* planned(pieces, keys, places, numbers, texts, base, Part): the parts of each element of a plan. */
static PyObject *planned(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (count != 7 || !PyTuple_CheckExact(args[0]) || !PyTuple_CheckExact(args[1]) || !PyTuple_CheckExact(args[2]) ||
        !PyTuple_CheckExact(args[3]) || !PyList_CheckExact(args[4]) || !PyUnicode_Check(args[5]) ||
        PyTuple_GET_SIZE(args[1]) != PyTuple_GET_SIZE(args[3]) || PyTuple_GET_SIZE(args[2]) != PyTuple_GET_SIZE(args[3]))
        return PyErr_Format(PyExc_TypeError, "planned(pieces, keys, places, numbers, texts, base, Part)");
    Planned plan = {args[1], args[2], args[3], args[4], args[5], making_of(args[6])};
    if (plan.part->type == NULL || plan.part->count != 3) return PyErr_Format(PyExc_TypeError, "no class of parts");
    PyObject *all = PyList_New(PyTuple_GET_SIZE(args[0]));
    for (Py_ssize_t i = 0; all != NULL && i < PyTuple_GET_SIZE(args[0]); i++) {
        PyObject *slots = PyTuple_GET_ITEM(args[0], i);
        int good = PyTuple_Check(slots) && PyTuple_GET_SIZE(slots) == 2 && PyTuple_CheckExact(PyTuple_GET_ITEM(slots, 0)) &&
                   PyTuple_CheckExact(PyTuple_GET_ITEM(slots, 1));
        PyObject *parts = good ? planned_parts(&plan, slots) : PyErr_Format(PyExc_TypeError, "no slots of an element");
        if (parts == NULL) Py_CLEAR(all);
        else PyList_SET_ITEM(all, i, parts);
    }
    return all;
}
