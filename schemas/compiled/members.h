/* Whether no object of a JSON text can have a member twice (json_text.py looks at what was read instead). */

#define DEPTH_MAX 16    /* a payment has five levels */
#define OBJECTS_MAX 500 /* a payment has two dozen */
#define MEMBERS_MAX 128 /* of all open objects together */

typedef struct {
    const char *name;
    Py_ssize_t size;
} Member;

/* Every text between two quotes is whole where no backslash stands; what is no JSON at all is for others to see. */
static int unique_members(const char *at, const char *end)
{
    Member members[MEMBERS_MAX];
    int first[DEPTH_MAX] = {0}, is_object[DEPTH_MAX] = {0}, depth = -1, count = 0, objects = 0, is_name = 0;
    for (; at < end; at++) {
        if (*at == '{' || *at == '[') {
            if (++depth == DEPTH_MAX || ++objects > OBJECTS_MAX) return 0;
            first[depth] = count;
            is_name = is_object[depth] = *at == '{';
        } else if (*at == '}' || *at == ']') {
            if (depth < 0) return 0;
            count = first[depth--];
            is_name = 0;
        } else if (*at == ',') {
            if (depth < 0) return 0;
            is_name = is_object[depth];
        } else if (*at == '"') {
            const char *start = at + 1;
            at = memchr(start, '"', (size_t)(end - start));
            if (at == NULL) return 0;
            if (!is_name) continue;
            for (int i = first[depth]; i < count; i++)
                if (members[i].size == at - start && memcmp(members[i].name, start, (size_t)(at - start)) == 0) return 0;
            if (count == MEMBERS_MAX) return 0;
            members[count++] = (Member){start, at - start};
            is_name = 0;
        }
    }
    return depth == -1;
}

/* unique(raw) -> bool: True is a proof where the text is valid JSON, False says nothing. */
static PyObject *unique(PyObject *Py_UNUSED(module), PyObject *raw)
{
    char *from;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(raw, &from, &size) < 0) return NULL;
    return PyBool_FromLong(memchr(from, '\\', (size_t)size) == NULL && unique_members(from, from + size));
}
