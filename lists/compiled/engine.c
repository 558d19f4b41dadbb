/* The loops of the engine that cost most, compiled: sounds, near words, candidates.

   Each has a twin in Python that is the reference and answers the same to the last bit: every addition in the same
   order, nothing contracted (-ffp-contract=off). tests/lists/test_compiled.py compares them over a million pairs. Words
   are ASCII here; callers see to that. Whoever changes a rule of sounds.py or vocabulary.py changes it here too, and
   RULES: until then the Python twins are used. Stable ABI: one file for every Python from 3.11 on. */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* lists.compiled.checksum() of the rules that are written here. */
#define SOUND_RULES "cb2ad448"
#define KEY_RULES "7ffde84f"
#define PLACE_RULES "15876817"
#define NUMBER_RULES "d66bd0fe"
#define CUT_RULES "44558e01"

/* The checksum of the files it was compiled from: hatch_build.py gives it, __init__.py compares it. */
#ifndef SOURCES
#define SOURCES ""
#endif

typedef struct {
    uint8_t *data;
    Py_ssize_t size, room;
} Bytes;

/* Needs no interpreter lock, and so tells of a full memory by -1 alone. */
static int reserve_unlocked(Bytes *buffer, Py_ssize_t size)
{
    if (buffer->data != NULL && size <= buffer->room) return 0;
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
#include "names.h"
#include "sieve.h"
#include "batch.h"
#include "texts.h"
#include "places.h"

static PyObject *sound_in_python, *consonants_in_python;

static PyObject *changed(PyObject *word, int to_consonants)
{
    Py_ssize_t size = -1;
    const char *letters = PyUnicode_AsUTF8AndSize(word, &size);
    if (letters == NULL) { /* halves of surrogate pairs have no UTF-8: the twin knows what to do with them */
        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) return NULL;
        PyErr_Clear();
    }
    if (letters == NULL || PyUnicode_GetLength(word) != size)
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

/* Copies one pair of letter groups, if nothing that is written can be longer than what it replaces. */
static int take_group(PyObject *pair, char taken[2][GROUP_LETTERS + 1])
{
    const char *group, *sound;
    if (!PyTuple_Check(pair)) {
        PyErr_Format(PyExc_TypeError, "a letter group is a tuple of letters and sound");
        return -1;
    }
    if (!PyArg_ParseTuple(pair, "ss", &group, &sound)) return -1;
    if (!*group || strlen(group) > GROUP_LETTERS || strlen(sound) > strlen(group)) {
        PyErr_Format(PyExc_ValueError, "group '%s' is empty, too long, or shorter than its sound", group);
        return -1;
    }
    strcpy(taken[0], group);
    strcpy(taken[1], sound);
    return 0;
}

/* following(groups, sound_key, consonant_key) -> (sound_key, consonant_key): the same two functions, compiled. Takes the
   letter groups of sounds.py, and who answers for words that are not ASCII. The groups are set once: an index that is
   being built reads them without the interpreter's lock. */
static PyObject *following(PyObject *module, PyObject *args)
{
    PyObject *pairs, *sounds, *skeletons;
    if (!PyArg_ParseTuple(args, "O!OO", &PyTuple_Type, &pairs, &sounds, &skeletons)) return NULL;
    char taken[GROUPS_MAX][2][GROUP_LETTERS + 1] = {0};
    Py_ssize_t count = PyTuple_Size(pairs);
    if (count > GROUPS_MAX) return PyErr_Format(PyExc_ValueError, "more than %d letter groups", GROUPS_MAX);
    for (Py_ssize_t i = 0; i < count; i++)
        if (take_group(PyTuple_GetItem(pairs, i), taken[i]) < 0) return NULL;
    if (sound_in_python != NULL && (count != group_count || memcmp(taken, groups, sizeof groups) != 0))
        return PyErr_Format(PyExc_ValueError, "other letter groups are in use already");
    if (sound_in_python == NULL) {
        memcpy(groups, taken, sizeof groups);
        group_count = count;
    }
    PyObject *old_sounds = sound_in_python, *old_skeletons = consonants_in_python;
    Py_INCREF(sounds);
    Py_INCREF(skeletons);
    sound_in_python = sounds;
    consonants_in_python = skeletons;
    Py_XDECREF(old_sounds);
    Py_XDECREF(old_skeletons);
    return Py_BuildValue("NN", PyObject_GetAttrString(module, "sound_key"), PyObject_GetAttrString(module, "consonant_key"));
}

static PyMethodDef functions[] = {
    {"following", following, METH_VARARGS, "following(groups, sound_key, consonant_key)"},
    {"sound_key", sound_key, METH_O, "sound_key() of sounds.py"},
    {"consonant_key", consonant_key, METH_O, "consonant_key() of sounds.py"},
    {"first_within", first_within, METH_VARARGS, "first_within() of similarity.py"},
    {"key_table", make_key_table, METH_O, "key_table(keys) -> bytes"},
    {"may_name_a_place", may_name_a_place, METH_VARARGS, "may_name_a_place(sieve, text, least, most)"},
    {"may_hold_a_number", may_hold_a_number, METH_VARARGS, "may_hold_a_number(sieve, text)"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_engine", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__engine(void)
{
    make_crc_table();
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL) return NULL;
    PyObject *words = PyType_FromSpec(&words_spec), *matrix = PyType_FromSpec(&matrix_spec);
    if (words == NULL || matrix == NULL || PyModule_AddObjectRef(module, "Words", words) < 0 ||
        PyModule_AddObjectRef(module, "Matrix", matrix) < 0 || add_sieve(module, words, matrix) < 0 || add_texts(module) < 0 ||
        PyModule_AddStringConstant(module, "SOUND_RULES", SOUND_RULES) < 0 ||
        PyModule_AddStringConstant(module, "KEY_RULES", KEY_RULES) < 0 ||
        PyModule_AddStringConstant(module, "PLACE_RULES", PLACE_RULES) < 0 ||
        PyModule_AddStringConstant(module, "NUMBER_RULES", NUMBER_RULES) < 0 ||
        PyModule_AddStringConstant(module, "CUT_RULES", CUT_RULES) < 0 ||
        PyModule_AddStringConstant(module, "SOURCES", SOURCES) < 0)
        Py_CLEAR(module);
    Py_XDECREF(words);
    Py_XDECREF(matrix);
    return module;
}
