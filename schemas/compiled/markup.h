/* The markup of a message apart from its texts (schemas/formats/xml_markup.py is the twin). */

#define TAGS 1000    /* a message of more is no ordinary one */
#define ENTITY_MAX 10 /* characters between & and ; */

/* markup(raw) -> (tags, places) | None: all tags without their < and >, joined by <, and where each text begins and
   ends. None where < and > do not take turns from the first byte to the last, or there are too many. */
static PyObject *markup(PyObject *Py_UNUSED(module), PyObject *raw)
{
    char *from;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(raw, &from, &size) < 0) return NULL;
    if (size == 0 || size > INT32_MAX || from[0] != '<') Py_RETURN_NONE;
    int32_t places[2 * TAGS + 2] = {0};
    Py_ssize_t tags = 0;
    PyObject *joined = PyBytes_FromStringAndSize(NULL, size);
    if (joined == NULL) return NULL;
    char *to = PyBytes_AS_STRING(joined);
    const char *at = from, *end = from + size;
    int odd = 0;
    while (at < end) {
        const char *start = at + 1; /* a tag, which ends before the next < */
        const char *close = memchr(start, '>', (size_t)(end - start));
        if (close == NULL || tags == TAGS || memchr(start, '<', (size_t)(close - start)) != NULL) {
            odd = 1;
            break;
        }
        if (tags++) *to++ = '<';
        memcpy(to, start, (size_t)(close - start));
        to += close - start;
        at = memchr(close, '<', (size_t)(end - close)); /* a text, which holds no > */
        if (at == NULL) at = end;
        if (memchr(close + 1, '>', (size_t)(at - close - 1)) != NULL) {
            odd = 1;
            break;
        }
        places[2 * tags] = (int32_t)(close + 1 - from);
        places[2 * tags + 1] = (int32_t)(at - from);
    }
    if (odd) {
        Py_DECREF(joined);
        Py_RETURN_NONE;
    }
    if (_PyBytes_Resize(&joined, to - PyBytes_AS_STRING(joined)) < 0) return NULL;
    return Py_BuildValue("(Ny#)", joined, (char *)places, (Py_ssize_t)(2 * (tags + 1)) * (Py_ssize_t)sizeof *places);
}

/* Whether XML 1.0 has this character. */
static int is_character(long code)
{
    return code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code <= 0xD7FF) ||
           (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

/* The character that is meant by what stands between & and ;, 0 where it is none of XML's own. */
static long meant(const char *name, Py_ssize_t size)
{
    static const struct {
        const char *name;
        long meant;
    } known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == (size_t)size && memcmp(known[i].name, name, (size_t)size) == 0) return known[i].meant;
    if (size < 2 || name[0] != '#') return 0;
    int base = name[1] == 'x' ? 16 : 10;
    Py_ssize_t i = base == 16 ? 2 : 1;
    if (i == size) return 0;
    long code = 0;
    for (; i < size; i++) {
        int digit = name[i] >= '0' && name[i] <= '9'   ? name[i] - '0'
                    : name[i] >= 'a' && name[i] <= 'f' ? name[i] - 'a' + 10
                    : name[i] >= 'A' && name[i] <= 'F' ? name[i] - 'A' + 10
                                                       : 99;
        if (digit >= base || code > 0x10FFFF) return 0;
        code = code * base + digit;
    }
    return is_character(code) ? code : 0;
}

static char *in_utf8(char *to, long code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3F));
    } else {
        if (code < 0x10000) {
            *to++ = (char)(0xE0 | code >> 12);
        } else {
            *to++ = (char)(0xF0 | code >> 18);
            *to++ = (char)(0x80 | (code >> 12 & 0x3F));
        }
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    }
    return to;
}

/* A text as a parser of XML reads it; NULL without an error where only a parser can tell. */
static PyObject *text_of(const char *from, Py_ssize_t size)
{
    int escaped = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)from[i];
        if (byte == '&') escaped = 1;
        else if (byte < 0x20 && byte != '\t' && byte != '\n') return NULL;
        else if (byte == 0xEF && i + 2 < size && (unsigned char)from[i + 1] == 0xBF && (unsigned char)from[i + 2] >= 0xBE)
            return NULL; /* U+FFFE and U+FFFF */
    }
    PyObject *text = NULL;
    char *room = NULL;
    if (escaped) { /* a reference is never shorter than what it means */
        room = PyMem_Malloc((size_t)size);
        if (room == NULL) return PyErr_NoMemory();
        char *to = room;
        for (const char *at = from, *end = from + size; at < end;) {
            if (*at != '&') {
                *to++ = *at++;
                continue;
            }
            Py_ssize_t left = end - at - 1;
            const char *close = memchr(at + 1, ';', (size_t)(left < ENTITY_MAX ? left : ENTITY_MAX));
            long code = close == NULL ? 0 : meant(at + 1, close - at - 1);
            if (code == 0) goto done;
            to = in_utf8(to, code);
            at = close + 1;
        }
        from = room;
        size = to - room;
    }
    text = PyUnicode_DecodeUTF8(from, size, "strict");
    if (text == NULL && PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) PyErr_Clear();
done:
    PyMem_Free(room);
    return text;
}

/* texts(raw, places, leaves, longest) -> list | None: each text that is a leaf's, and "" for each that stands between
   two elements, which may be blanks and no more. None where only a parser can tell what is meant, or one is too long. */
static PyObject *texts(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *raw, *leaves;
    const int32_t *places;
    Py_ssize_t size, place_bytes, count, longest;
    if (!PyArg_ParseTuple(args, "y#y#y#n", &raw, &size, (const char **)&places, &place_bytes, &leaves, &count, &longest))
        return NULL;
    if (place_bytes != count * 2 * (Py_ssize_t)sizeof *places)
        return PyErr_Format(PyExc_ValueError, "not as many texts as are told");
    PyObject *found = PyList_New(count), *empty = PyUnicode_New(0, 0);
    if (found == NULL || empty == NULL) goto failed;
    for (Py_ssize_t i = 0; i < count; i++) {
        int32_t start = places[2 * i], end = places[2 * i + 1];
        if (start < 0 || end < start || end > size) {
            PyErr_Format(PyExc_ValueError, "text %zd is not in the message", i);
            goto failed;
        }
        PyObject *text;
        if (leaves[i]) {
            text = end - start > longest ? NULL : text_of(raw + start, end - start);
            if (text == NULL) goto failed;
        } else {
            for (int32_t k = start; k < end; k++)
                if (raw[k] != ' ' && raw[k] != '\n' && raw[k] != '\r' && raw[k] != '\t') goto failed;
            text = Py_NewRef(empty);
        }
        PyList_SET_ITEM(found, i, text);
    }
    Py_DECREF(empty);
    return found;
failed:
    Py_XDECREF(found);
    Py_XDECREF(empty);
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
}
