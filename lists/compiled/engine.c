/* The loops of the engine that cost most, compiled: sounds, near words, candidates.

   Each has a twin in Python that is the reference and answers the same to the last bit: every addition in the same
   order, nothing contracted (-ffp-contract=off). tests/lists/test_compiled.py compares them over a million pairs. Words
   are ASCII here; callers see to that. Whoever changes a rule of sounds.py or vocabulary.py changes it here too, and
   RULES: until then the Python twins are used. Stable ABI: one file for every Python from 3.11 on. */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* lists.compiled.checksum() of the rules that are written here. */
#define SOUND_RULES "cb2ad448"
#define KEY_RULES "7ffde84f"

typedef struct {
    uint8_t *data;
    Py_ssize_t size, room;
} Bytes;

/* Needs no interpreter lock, and so tells of a full memory by -1 alone. */
static int reserve_unlocked(Bytes *buffer, Py_ssize_t size)
{
    if (size <= buffer->room) return 0;
    uint8_t *data = realloc(buffer->data, (size_t)size * 2 + 64);
    if (data == NULL) return -1;
    buffer->data = data;
    buffer->room = size * 2 + 64;
    return 0;
}

static int reserve(Bytes *buffer, Py_ssize_t size)
{
    int done = reserve_unlocked(buffer, size);
    if (done < 0) PyErr_NoMemory();
    return done;
}

#include "sounds.h"
#include "words.h"
#include "candidates.h"

static PyObject *sound_in_python, *consonants_in_python;

static PyObject *changed(PyObject *word, int to_consonants)
{
    Py_ssize_t size;
    const char *letters = PyUnicode_AsUTF8AndSize(word, &size);
    if (letters == NULL) return NULL;
    if (PyUnicode_GetLength(word) != size)
        return PyObject_CallFunctionObjArgs(to_consonants ? consonants_in_python : sound_in_python, word, NULL);
    uint8_t *room = PyMem_Malloc((size_t)size + 1);
    if (room == NULL) return PyErr_NoMemory();
    memcpy(room, letters, (size_t)size);
    size = sound(room, size);
    if (to_consonants) size = consonants(room, size);
    PyObject *key = PyUnicode_FromStringAndSize((char *)room, size);
    PyMem_Free(room);
    return key;
}

static PyObject *sound_key(PyObject *Py_UNUSED(module), PyObject *word) { return changed(word, 0); }

static PyObject *consonant_key(PyObject *Py_UNUSED(module), PyObject *word) { return changed(word, 1); }

/* following(groups, sound_key, consonant_key) -> (sound_key, consonant_key): the same two functions, compiled. Takes the
   letter groups of sounds.py, and who answers for words that are not ASCII. */
static PyObject *following(PyObject *module, PyObject *args)
{
    PyObject *pairs, *sounds, *skeletons;
    if (!PyArg_ParseTuple(args, "O!OO", &PyTuple_Type, &pairs, &sounds, &skeletons)) return NULL;
    group_count = 0;
    for (Py_ssize_t i = 0; i < PyTuple_Size(pairs); i++) {
        const char *group, *sound;
        if (!PyArg_ParseTuple(PyTuple_GetItem(pairs, i), "ss", &group, &sound)) return NULL;
        if (i >= GROUPS_MAX || strlen(group) > GROUP_LETTERS || strlen(sound) > strlen(group))
            return PyErr_Format(PyExc_ValueError, "group %s: too many, too long, or shorter than its sound", group);
        strcpy(groups[i][0], group);
        strcpy(groups[i][1], sound);
        group_count = i + 1;
    }
    Py_INCREF(sounds);
    Py_INCREF(skeletons);
    Py_XDECREF(sound_in_python);
    Py_XDECREF(consonants_in_python);
    sound_in_python = sounds;
    consonants_in_python = skeletons;
    return Py_BuildValue("NN", PyObject_GetAttrString(module, "sound_key"), PyObject_GetAttrString(module, "consonant_key"));
}

static PyMethodDef functions[] = {
    {"following", following, METH_VARARGS, "following(groups, sound_key, consonant_key)"},
    {"sound_key", sound_key, METH_O, "sound_key() of sounds.py"},
    {"consonant_key", consonant_key, METH_O, "consonant_key() of sounds.py"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_engine", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__engine(void)
{
    make_crc_table();
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL) return NULL;
    PyObject *words = PyType_FromSpec(&words_spec), *matrix = PyType_FromSpec(&matrix_spec);
    if (words == NULL || matrix == NULL || PyModule_AddObject(module, "Words", words) < 0 ||
        PyModule_AddObject(module, "Matrix", matrix) < 0 || PyModule_AddStringConstant(module, "SOUND_RULES", SOUND_RULES) < 0 ||
        PyModule_AddStringConstant(module, "KEY_RULES", KEY_RULES) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
