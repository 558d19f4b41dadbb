/* Frozen, slotted dataclasses made without running their __init__: the fields go straight into the slots.

   The class keeps its __init__, which says what is right: whatever is not a plain call (a name that is not known, a
   value too many or too few) is handed to it, so that the error is the same too. */

typedef struct {
    PyTypeObject *type;
    Py_ssize_t count;
    PyObject **names;    /* interned */
    PyObject **defaults; /* NULL where there is none */
    Py_ssize_t *offsets;
} Making;

#define MAKINGS 512 /* twice as many as are ever taught, so that a look-up is short */
static Making makings[MAKINGS];
static Py_ssize_t taught;

static Making *making_of(const void *type)
{
    size_t at = ((uintptr_t)type >> 5) % MAKINGS;
    while (makings[at].type != NULL && (const void *)makings[at].type != type) at = (at + 1) % MAKINGS;
    return &makings[at];
}

/* Whether a value can be no part of a cycle: texts (members of a StrEnum among them), numbers, dates, None, and what
   holds nothing else. The collector need not look at what holds only these: it can never change. */
static int is_plain(PyObject *value)
{
    if (value == Py_None || PyUnicode_Check(value) || !PyObject_IS_GC(value)) return 1;
    return !PyObject_GC_IsTracked(value) && (PyTuple_CheckExact(value) || making_of(Py_TYPE(value))->type != NULL);
}

static PyObject *filled(const Making *making, PyObject *const *values)
{
    PyObject *made = (PyObject *)PyObject_GC_New(PyObject, making->type);
    if (made == NULL) return NULL;
    int plain = 1;
    for (Py_ssize_t i = 0; i < making->count; i++) {
        *(PyObject **)((char *)made + making->offsets[i]) = Py_NewRef(values[i]);
        plain = plain && is_plain(values[i]);
    }
    if (!plain) PyObject_GC_Track(made);
    return made;
}

/* What type(...) does with the same arguments when nobody has taught it anything. */
static PyObject *made_slowly(PyObject *type, PyObject *const *args, Py_ssize_t given, PyObject *keywords)
{
    PyObject *all = PyTuple_New(given), *named = NULL, *made = NULL;
    if (all == NULL) return NULL;
    for (Py_ssize_t i = 0; i < given; i++) PyTuple_SET_ITEM(all, i, Py_NewRef(args[i]));
    if (keywords != NULL) {
        named = PyDict_New();
        if (named == NULL) goto done;
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(keywords); i++)
            if (PyDict_SetItem(named, PyTuple_GET_ITEM(keywords, i), args[given + i]) < 0) goto done;
    }
    made = PyType_Type.tp_call(type, all, named);
done:
    Py_DECREF(all);
    Py_XDECREF(named);
    return made;
}

#define FIELDS 48 /* a payment has 25 */

static PyObject *make(PyObject *type, PyObject *const *args, size_t flagged, PyObject *keywords)
{
    const Making *making = making_of(type);
    Py_ssize_t given = PyVectorcall_NARGS(flagged), count = making->count;
    PyObject *values[FIELDS];
    if (given > count) return made_slowly(type, args, given, keywords);
    memcpy(values, args, (size_t)given * sizeof *values);
    memcpy(values + given, making->defaults + given, (size_t)(count - given) * sizeof *values);
    Py_ssize_t next = given, named = keywords == NULL ? 0 : PyTuple_GET_SIZE(keywords);
    for (Py_ssize_t i = 0; i < named; i++) {
        /* Names mostly come in the order of the fields, and always interned: those of a call that is written out. */
        PyObject *name = PyTuple_GET_ITEM(keywords, i);
        Py_ssize_t at = next;
        while (at < count && making->names[at] != name) at++;
        if (at == count)
            for (at = given; at < next && making->names[at] != name;) at++;
        if (at >= count || making->names[at] != name) return made_slowly(type, args, given, keywords);
        values[at] = args[given + i];
        if (at >= next) next = at + 1;
    }
    for (Py_ssize_t i = given; i < count; i++)
        if (values[i] == NULL) return made_slowly(type, args, given, keywords);
    return filled(making, values);
}

/* Whether instances are nothing but a head and one slot for each field. */
static int is_slots_only(const PyTypeObject *type, Py_ssize_t count)
{
    return PyType_HasFeature((PyTypeObject *)type, Py_TPFLAGS_HEAPTYPE) && PyType_IS_GC((PyTypeObject *)type) &&
           type->tp_base == &PyBaseObject_Type && type->tp_new == PyBaseObject_Type.tp_new &&
           type->tp_alloc == PyType_GenericAlloc && type->tp_free == PyObject_GC_Del && type->tp_itemsize == 0 &&
           type->tp_finalize == NULL && type->tp_del == NULL && type->tp_vectorcall == NULL &&
           type->tp_dictoffset == 0 && type->tp_weaklistoffset == 0 && Py_TYPE(type) == &PyType_Type &&
           type->tp_basicsize == (Py_ssize_t)(sizeof(PyObject) + (size_t)count * sizeof(PyObject *));
}

/* The place of a field's slot in an instance; -1 where it has none. */
static Py_ssize_t slot_of(PyTypeObject *type, PyObject *name)
{
    PyObject *slot = PyDict_GetItemWithError(type->tp_dict, name);
    if (slot == NULL || !Py_IS_TYPE(slot, &PyMemberDescr_Type)) return -1;
    const PyMemberDef *member = ((PyMemberDescrObject *)slot)->d_member;
    return member->type == T_OBJECT_EX ? member->offset : -1;
}

/* teach(cls, names, defaults, missing) -> bool: make instances of a class here from now on; `missing` stands for no
   default. False where the class is not what it must be. */
static PyObject *teach(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyTypeObject *type;
    PyObject *names, *defaults, *missing;
    if (!PyArg_ParseTuple(args, "O!O!O!O", &PyType_Type, &type, &PyTuple_Type, &names, &PyTuple_Type, &defaults, &missing))
        return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(names);
    Making *making = making_of(type);
    if (count != PyTuple_GET_SIZE(defaults) || count > FIELDS || taught >= MAKINGS / 2 || making->type != NULL ||
        !is_slots_only(type, count))
        Py_RETURN_FALSE;
    Making made = {type, count, PyMem_Calloc((size_t)count + 1, sizeof(PyObject *)),
                   PyMem_Calloc((size_t)count + 1, sizeof(PyObject *)), PyMem_Calloc((size_t)count + 1, sizeof(Py_ssize_t))};
    int good = made.names != NULL && made.defaults != NULL && made.offsets != NULL;
    for (Py_ssize_t i = 0; good && i < count; i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i), *value = PyTuple_GET_ITEM(defaults, i);
        good = PyUnicode_CheckExact(name);
        if (!good) break;
        made.offsets[i] = slot_of(type, name);
        made.names[i] = Py_NewRef(name);
        PyUnicode_InternInPlace(&made.names[i]);
        made.defaults[i] = value == missing ? NULL : Py_NewRef(value);
        good = made.offsets[i] >= (Py_ssize_t)sizeof(PyObject);
    }
    if (!good) { /* the few references are not worth giving back: it happens to no class of ours */
        PyMem_Free(made.names);
        PyMem_Free(made.defaults);
        PyMem_Free(made.offsets);
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_False);
    }
    Py_INCREF(type); /* for good: what stands here must stay a class */
    *making = made;
    taught++;
    type->tp_vectorcall = make;
    Py_RETURN_TRUE;
}
