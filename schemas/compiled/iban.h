/* Whether a text is an IBAN (is_iban_in_python of schemas/identifiers.py is the twin). */

#define IBAN_LONGEST 34

/* Whether a character is of a class of the registry: n digits, a capital letters, c either. */
static int is_of_class(Py_UCS4 class, char c)
{
    int digit = c >= '0' && c <= '9', capital = c >= 'A' && c <= 'Z';
    return class == 'n' ? digit : class == 'a' ? capital : class == 'c' && (digit || capital);
}

/* iban(text, structures) -> bool | None: `structures` give the class of each character behind the check digits, by
   country. None where the text is not ASCII: then only Python knows what its capitals are. */
static PyObject *iban(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (count != 2 || !PyUnicode_Check(args[0]) || !PyDict_CheckExact(args[1]))
        return PyErr_Format(PyExc_TypeError, "iban(text, structures)");
    if (!PyUnicode_IS_ASCII(args[0])) Py_RETURN_NONE;
    const char *text = (const char *)PyUnicode_1BYTE_DATA(args[0]);
    char compact[IBAN_LONGEST];
    Py_ssize_t size = 0;
    for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(args[0]); i++) {
        if (text[i] == ' ') continue;
        if (size == IBAN_LONGEST) Py_RETURN_FALSE;
        compact[size++] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 32) : text[i];
    }
    if (size < 5 || !is_of_class('n', compact[2]) || !is_of_class('n', compact[3])) Py_RETURN_FALSE;
    PyObject *country = PyUnicode_FromStringAndSize(compact, 2);
    PyObject *classes = country == NULL ? NULL : PyDict_GetItemWithError(args[1], country);
    Py_XDECREF(country);
    if (classes == NULL) return PyErr_Occurred() ? NULL : Py_NewRef(Py_False);
    if (!PyUnicode_Check(classes)) return PyErr_Format(PyExc_TypeError, "the structure of a country is a text");
    if (PyUnicode_GET_LENGTH(classes) != size - 4) Py_RETURN_FALSE;
    int remainder = 0;
    for (Py_ssize_t i = 0; i < size; i++) { /* the first four characters count behind the others */
        char c = compact[i + 4 < size ? i + 4 : i + 4 - size];
        if (i + 4 < size && !is_of_class(PyUnicode_READ_CHAR(classes, i), c)) Py_RETURN_FALSE;
        remainder = c <= '9' ? (remainder * 10 + c - '0') % 97 : (remainder * 100 + c - 'A' + 10) % 97;
    }
    return PyBool_FromLong(remainder == 1);
}
