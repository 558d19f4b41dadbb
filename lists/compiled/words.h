/* Vocabulary.near() of vocabulary.py with similarity.py: listed words like a word. */

enum { LENGTHS_APART = 4, MAYBE_BITS = 23, BUCKET_BITS = 16, COLUMNS = 13, LONGEST_COLUMN = 12, WORD_BITS = 64,
       LISTED_BITS = 20 };

typedef struct {
    uint8_t *letters, *sounds;
    Py_ssize_t size, sound_size;
    uint64_t places[128], sound_places[128]; /* of each letter, for words of at most 64 */
} Asked;

typedef struct {
    PyObject_HEAD
    Py_ssize_t count, longest, keys;
    Bytes letters, sounds;                  /* of all words, one after the other */
    uint32_t *starts, *sound_starts, *seen; /* seen: by which question a word was last met */
    uint64_t *table;                        /* checksum of a key, owner; sorted */
    uint32_t *buckets;
    uint8_t *maybe, *listed;                /* by checksums of keys; by hashes of whole words */
    uint32_t question;
    double spelling[5][COLUMNS], sounding[4][COLUMNS], similar, head, edit_beside_sound, far_sound, far, very_far, far_factor;
} Words;

static uint32_t crc_table[256];

static void make_crc_table(void)
{
    for (uint32_t n = 0; n < 256; n++) {
        uint32_t c = n;
        for (int k = 0; k < 8; k++) c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
        crc_table[n] = c;
    }
}

static uint32_t crc_on(uint32_t crc, const uint8_t *data, Py_ssize_t size)
{
    for (Py_ssize_t i = 0; i < size; i++) crc = crc_table[(crc ^ data[i]) & 0xFF] ^ (crc >> 8);
    return crc;
}

static uint32_t hash_of(const uint8_t *letters, Py_ssize_t size)
{
    uint32_t hash = 2166136261u;
    for (Py_ssize_t i = 0; i < size; i++) hash = (hash ^ letters[i]) * 16777619u;
    return hash;
}

/* Two bits of a small table tell nearly all words that are not listed; both are noted where `note` says so. */
static int maybe_listed(const Words *self, const uint8_t *letters, Py_ssize_t size, int note)
{
    uint32_t hash = hash_of(letters, size), one = hash >> (32 - LISTED_BITS), two = hash & ((1u << LISTED_BITS) - 1);
    if (note) {
        self->listed[one >> 3] |= (uint8_t)(1u << (one & 7));
        self->listed[two >> 3] |= (uint8_t)(1u << (two & 7));
    }
    return self->listed[one >> 3] >> (one & 7) & self->listed[two >> 3] >> (two & 7) & 1;
}

typedef int (*Visit)(void *, uint32_t);

/* The checksums of `text` without one of its letters, from the place `from` on. */
static int shortened(const uint8_t *text, Py_ssize_t size, Py_ssize_t from, Visit visit, void *to)
{
    uint32_t head = crc_on(0xFFFFFFFFu, text, from);
    for (Py_ssize_t cut = from; cut < size; cut++) {
        if (visit(to, ~crc_on(head, text + cut + 1, size - cut - 1)) < 0) return -1;
        head = crc_on(head, text + cut, 1);
    }
    return 0;
}

/* near_keys(): their checksums. `sounds` begins with a byte for the mark, as `room` does, which is written over. */
static int near_keys(const uint8_t *word, Py_ssize_t size, uint8_t *sounds, Py_ssize_t sound_size, uint8_t *room, int joined,
                     Visit visit, void *to)
{
    if (visit(to, ~crc_on(0xFFFFFFFFu, word, size)) < 0) return -1;
    if (size < 3 || all_digits(word, size)) return 0;
    sounds[0] = '1';
    if (visit(to, ~crc_on(0xFFFFFFFFu, sounds, sound_size + 1)) < 0) return -1;
    if (size >= 4 && shortened(word, size, 0, visit, to) < 0) return -1;
    if (joined) return 0;
    if (sound_size + 1 > 4 && shortened(sounds, sound_size + 1, 1, visit, to) < 0) return -1;
    memcpy(room + 1, sounds + 1, (size_t)sound_size);
    room[0] = '2';
    Py_ssize_t skeleton = consonants(room + 1, sound_size) + 1;
    if (skeleton > 3 && visit(to, ~crc_on(0xFFFFFFFFu, room, skeleton)) < 0) return -1;
    return skeleton > 5 ? shortened(room, skeleton, 2, visit, to) : 0;
}

/* Optimal string alignment distance, bit-parallel (Hyyrö 2003): `places` of the letters of a word of 1 to 64. */
static Py_ssize_t osa_bits(const uint64_t *places, Py_ssize_t size, const uint8_t *other, Py_ssize_t other_size)
{
    uint64_t vp = ~(uint64_t)0, vn = 0, d0 = 0, before = 0, last = (uint64_t)1 << (size - 1);
    Py_ssize_t distance = size;
    for (Py_ssize_t i = 0; i < other_size; i++) {
        uint64_t here = places[other[i] & 127];
        uint64_t swapped = (((~d0) & here) << 1) & before;
        d0 = (((here & vp) + vp) ^ vp) | here | vn | swapped;
        uint64_t hp = vn | ~(d0 | vp), hn = d0 & vp;
        distance += (hp & last) != 0;
        distance -= (hn & last) != 0;
        hp = (hp << 1) | 1;
        hn <<= 1;
        vp = hn | ~(d0 | hp);
        vn = hp & d0;
        before = here;
    }
    return distance;
}

/* The same by the table, for long words: three rows of it at a time. */
static Py_ssize_t osa_rows(const uint8_t *one, Py_ssize_t size, const uint8_t *two, Py_ssize_t other_size)
{
    Py_ssize_t *room = PyMem_Malloc(3 * ((size_t)other_size + 1) * sizeof(Py_ssize_t));
    if (room == NULL) return -1;
    Py_ssize_t *older = room, *old = room + other_size + 1, *now = old + other_size + 1;
    for (Py_ssize_t j = 0; j <= other_size; j++) old[j] = j;
    for (Py_ssize_t i = 1; i <= size; i++) {
        now[0] = i;
        for (Py_ssize_t j = 1; j <= other_size; j++) {
            Py_ssize_t best = old[j - 1] + (one[i - 1] != two[j - 1]);
            if (old[j] + 1 < best) best = old[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            if (i > 1 && j > 1 && one[i - 1] == two[j - 2] && one[i - 2] == two[j - 1] && older[j - 2] + 1 < best)
                best = older[j - 2] + 1;
            now[j] = best;
        }
        Py_ssize_t *free = older;
        older = old;
        old = now;
        now = free;
    }
    Py_ssize_t distance = old[other_size];
    PyMem_Free(room);
    return distance;
}

static Py_ssize_t edits(const uint64_t *places, const uint8_t *one, Py_ssize_t size, const uint8_t *two, Py_ssize_t other_size,
                        Py_ssize_t most)
{
    Py_ssize_t distance;
    if (size == 0)
        distance = other_size;
    else
        distance = size <= WORD_BITS ? osa_bits(places, size, two, other_size) : osa_rows(one, size, two, other_size);
    return distance > most ? most + 1 : distance;
}

static Py_ssize_t smaller(Py_ssize_t a, Py_ssize_t b) { return a < b ? a : b; }

static Py_ssize_t larger(Py_ssize_t a, Py_ssize_t b) { return a > b ? a : b; }

/* similarities() of one pair; below 0 where the memory is full. */
static double similarity(const Words *self, const Asked *asked, Py_ssize_t number)
{
    const uint8_t *word = self->letters.data + self->starts[number], *heard = self->sounds.data + self->sound_starts[number];
    Py_ssize_t size = self->starts[number + 1] - self->starts[number];
    Py_ssize_t heard_size = self->sound_starts[number + 1] - self->sound_starts[number];
    Py_ssize_t longer = larger(size, asked->size), sound_longer = larger(heard_size, asked->sound_size);
    Py_ssize_t apart = edits(asked->places, asked->letters, asked->size, word, size, 7);
    if (apart < 0) return -1.0;
    int heads = (asked->size ? asked->letters[0] : 0) != (size ? word[0] : 0);
    int sound_heads = (asked->sound_size ? asked->sounds[0] : 0) != (heard_size ? heard[0] : 0);
    double spelling = self->spelling[smaller(apart, 4)][smaller(longer, LONGEST_COLUMN)];
    if (heads && apart > 0) spelling *= self->head;
    Py_ssize_t heard_apart = edits(asked->sound_places, asked->sounds, asked->sound_size, heard, heard_size, 2);
    if (heard_apart < 0) return -1.0;
    double alike = self->sounding[heard_apart][smaller(sound_longer, LONGEST_COLUMN)];
    if (heard_apart == 0) alike -= self->edit_beside_sound * (double)larger(0, smaller(apart, 4) - 1);
    if (sound_heads && heard_apart > 0) alike *= self->head;
    if (apart >= 4 && heard_apart > 0) alike *= self->far_sound;
    if ((double)apart > self->far * (double)longer) alike *= self->far_factor;
    if ((double)apart > self->very_far * (double)longer) alike = 0.0;
    return spelling > alike ? spelling : alike;
}

static void note_places(uint64_t *places, const uint8_t *word, Py_ssize_t size)
{
    memset(places, 0, 128 * sizeof *places);
    for (Py_ssize_t i = 0; i < size && i < WORD_BITS; i++) places[word[i] & 127] |= (uint64_t)1 << i;
}

/* first_within(word, choices, most) -> the first choice so few edits away, or None. */
static PyObject *first_within(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *word, *choices;
    Py_ssize_t size, most, other_size;
    uint64_t places[128];
    if (!PyArg_ParseTuple(args, "UO!n", &word, &PyTuple_Type, &choices, &most)) return NULL;
    const char *letters = PyUnicode_AsUTF8AndSize(word, &size);
    if (letters == NULL) return NULL;
    if (PyUnicode_GetLength(word) != size) return PyErr_Format(PyExc_ValueError, "%R is not ASCII", word);
    note_places(places, (const uint8_t *)letters, size);
    for (Py_ssize_t i = 0; i < PyTuple_Size(choices); i++) {
        PyObject *choice = PyTuple_GetItem(choices, i);
        const char *other = PyUnicode_Check(choice) ? PyUnicode_AsUTF8AndSize(choice, &other_size) : NULL;
        if (other == NULL) return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_TypeError, "%R is no word", choice);
        if (other_size - size > most || size - other_size > most) continue;
        Py_ssize_t apart = edits(places, (const uint8_t *)letters, size, (const uint8_t *)other, other_size, most);
        if (apart < 0) return PyErr_NoMemory();
        if (apart <= most && PyUnicode_GetLength(choice) == other_size) return Py_NewRef(choice);
    }
    Py_RETURN_NONE;
}

#if defined(__GNUC__)
#define SOON(address) __builtin_prefetch(address)
#else
#define SOON(address) (void)(address)
#endif

typedef struct {
    Words *words;
    Bytes *keys; /* uint32_t: checksums of the keys of a word */
} Keying;

static int note_key(void *to, uint32_t key)
{
    Keying *keying = to;
    Bytes *keys = keying->keys;
    SOON(keying->words->maybe + (key >> (32 - MAYBE_BITS + 3)));
    if (reserve(keys, keys->size + 4) < 0) return -1;
    memcpy(keys->data + keys->size, &key, 4);
    keys->size += 4;
    return 0;
}

/* Notes the words that have one of these keys, each once a question. Most keys are nobody's; what is looked at next is
   asked for ahead, for the table is larger than any cache. */
static int meet(Words *self, Bytes *keys, Bytes *met)
{
    uint32_t *key = (uint32_t *)keys->data;
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < keys->size / 4; i++) {
        uint32_t bit = key[i] >> (32 - MAYBE_BITS);
        if (!(self->maybe[bit >> 3] >> (bit & 7) & 1)) continue;
        SOON(self->buckets + (key[i] >> (32 - BUCKET_BITS)));
        key[count++] = key[i];
    }
    for (Py_ssize_t i = 0; i < count; i++) SOON(self->table + self->buckets[key[i] >> (32 - BUCKET_BITS)]);
    for (Py_ssize_t i = 0; i < count; i++) {
        uint32_t bucket = key[i] >> (32 - BUCKET_BITS);
        for (uint32_t at = self->buckets[bucket]; at < self->buckets[bucket + 1]; at++) {
            uint32_t checksum = (uint32_t)(self->table[at] >> 32), owner = (uint32_t)self->table[at];
            if (checksum < key[i] || self->seen[owner] == self->question) continue;
            if (checksum > key[i]) break;
            self->seen[owner] = self->question;
            SOON(self->starts + owner);
            SOON(self->sound_starts + owner);
            if (reserve(met, met->size + 4) < 0) return -1;
            memcpy(met->data + met->size, &owner, 4);
            met->size += 4;
        }
    }
    return 0;
}

static int by_number(const void *one, const void *two)
{
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)two;
    return (a > b) - (a < b);
}

typedef struct {
    uint32_t number;
    double alike;
} Near;

/* The words met, those alike enough, by number. */
static int note_alike(Words *self, const Asked *asked, uint32_t *met, Py_ssize_t count, Bytes *found)
{
    if (count > 1) qsort(met, (size_t)count, sizeof *met, by_number);
    for (Py_ssize_t i = 0; i < count; i++) {
        SOON(self->letters.data + self->starts[met[i]]);
        SOON(self->sounds.data + self->sound_starts[met[i]]);
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_ssize_t apart = (Py_ssize_t)(self->starts[met[i] + 1] - self->starts[met[i]]) - asked->size;
        if (apart > LENGTHS_APART || apart < -LENGTHS_APART) continue;
        Near near = {met[i], similarity(self, asked, met[i])};
        if (near.alike < 0.0) {
            PyErr_NoMemory();
            return -1;
        }
        if (near.alike < self->similar) continue;
        if (reserve(found, found->size + (Py_ssize_t)sizeof near) < 0) return -1;
        memcpy(found->data + found->size, &near, sizeof near);
        found->size += (Py_ssize_t)sizeof near;
    }
    return 0;
}

typedef struct {
    Bytes room, keys, met, found; /* sounds; keys; words that share one; rows of Near */
} Search;

static void end_search(Search *search)
{
    free(search->room.data);
    free(search->keys.data);
    free(search->met.data);
    free(search->found.data);
}

/* Notes the listed words like a word of ASCII letters in `found`. */
static int near_word(Words *self, const uint8_t *letters, Py_ssize_t size, int joined, Search *search)
{
    Bytes *room = &search->room;
    Asked asked = {.letters = (uint8_t *)letters, .size = size};
    search->found.size = search->met.size = search->keys.size = 0;
    if (size > self->longest + LENGTHS_APART) return 0; /* too long for any: its keys could be many */
    if (reserve(room, 2 * (size + 2)) < 0) return -1;
    asked.sounds = room->data + 1;
    memcpy(asked.sounds, letters, (size_t)size);
    asked.sound_size = sound(asked.sounds, size);
    if (++self->question == 0) { /* once in four thousand million questions */
        memset(self->seen, 0, (size_t)self->count * sizeof *self->seen);
        self->question = 1;
    }
    Keying keying = {self, &search->keys};
    if (near_keys(letters, size, room->data, asked.sound_size, room->data + size + 2, joined, note_key, &keying) < 0 ||
        meet(self, &search->keys, &search->met) < 0)
        return -1;
    if (search->met.size == 0) return 0;
    note_places(asked.places, asked.letters, asked.size);
    note_places(asked.sound_places, asked.sounds, asked.sound_size);
    return note_alike(self, &asked, (uint32_t *)search->met.data, search->met.size / 4, &search->found);
}

/* [(number, similarity), ...] of one word. */
static PyObject *near_one(Words *self, PyObject *word, int joined, Search *search)
{
    Py_ssize_t size;
    const char *letters = PyUnicode_AsUTF8AndSize(word, &size);
    if (letters == NULL) return NULL;
    if (PyUnicode_GetLength(word) != size) return PyErr_Format(PyExc_ValueError, "%R is not ASCII", word);
    if (near_word(self, (const uint8_t *)letters, size, joined, search) < 0) return NULL;
    const Near *near = (const Near *)search->found.data;
    PyObject *found = PyList_New(search->found.size / (Py_ssize_t)sizeof *near);
    for (Py_ssize_t i = 0; found != NULL && i < search->found.size / (Py_ssize_t)sizeof *near; i++) {
        PyObject *pair = Py_BuildValue("(kd)", (unsigned long)near[i].number, near[i].alike);
        if (pair == NULL) Py_CLEAR(found);
        else PyList_SetItem(found, i, pair);
    }
    return found;
}

/* near([(word, joined), ...]) -> [[(number, similarity), ...], ...] */
static PyObject *Words_near(Words *self, PyObject *questions)
{
    if (!PyList_Check(questions)) return PyErr_Format(PyExc_TypeError, "near() takes a list");
    PyObject *kept = PyList_AsTuple(questions); /* another thread may change the list meanwhile */
    if (kept == NULL) return NULL;
    Search search = {0};
    Py_ssize_t count = PyTuple_Size(kept);
    PyObject *answers = PyList_New(count);
    for (Py_ssize_t i = 0; answers != NULL && i < count; i++) {
        PyObject *question = PyTuple_GetItem(kept, i), *found = NULL, *word;
        int joined;
        if (!PyTuple_Check(question)) PyErr_Format(PyExc_TypeError, "near() takes tuples (word, joined)");
        else if (PyArg_ParseTuple(question, "Up", &word, &joined)) found = near_one(self, word, joined, &search);
        if (found == NULL) Py_CLEAR(answers);
        else PyList_SetItem(answers, i, found);
    }
    Py_DECREF(kept);
    end_search(&search);
    return answers;
}

/* may_be_parted(word) -> the places that leave what may be a listed word on one side. */
static PyObject *Words_may_be_parted(Words *self, PyObject *word)
{
    Py_ssize_t size;
    const char *text = PyUnicode_Check(word) ? PyUnicode_AsUTF8AndSize(word, &size) : NULL;
    if (text == NULL) return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_TypeError, "%R is no word", word);
    const uint8_t *letters = (const uint8_t *)text;
    PyObject *places = PyList_New(0);
    for (Py_ssize_t at = 1; places != NULL && at < size; at++) {
        int left = at <= self->longest && maybe_listed(self, letters, at, 0);
        if (!left && (size - at > self->longest || !maybe_listed(self, letters + at, size - at, 0))) continue;
        PyObject *place = PyLong_FromSsize_t(at);
        if (place == NULL || PyList_Append(places, place) < 0) Py_CLEAR(places);
        Py_XDECREF(place);
    }
    return places;
}

static void Words_dealloc(Words *self)
{
    free(self->letters.data);
    free(self->sounds.data);
    PyMem_Free(self->starts);
    PyMem_Free(self->sound_starts);
    PyMem_Free(self->seen);
    free(self->table);
    PyMem_Free(self->buckets);
    PyMem_Free(self->maybe);
    PyMem_Free(self->listed);
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

typedef struct {
    Bytes *keys; /* uint64_t: checksum, owner */
    uint64_t owner;
} Listing;

static int list_key(void *to, uint32_t key)
{
    Listing *listing = to;
    uint64_t row = (uint64_t)key << 32 | listing->owner;
    if (listing->keys->size / 8 >= UINT32_MAX) return -1; /* buckets count them in 32 bits */
    if (reserve_unlocked(listing->keys, listing->keys->size + 8) < 0) return -1;
    memcpy(listing->keys->data + listing->keys->size, &row, 8);
    listing->keys->size += 8;
    return 0;
}

static int by_row(const void *one, const void *two)
{
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)two;
    return (a > b) - (a < b);
}

/* Copies the words, one after the other. */
static int read_words(Words *self, PyObject *words)
{
    for (Py_ssize_t i = 0; i < self->count; i++) {
        Py_ssize_t size;
        PyObject *word = PyTuple_GetItem(words, i);
        const char *letters = word ? PyUnicode_AsUTF8AndSize(word, &size) : NULL;
        if (letters == NULL) return -1;
        if (PyUnicode_GetLength(word) != size || size > (Py_ssize_t)UINT32_MAX - self->letters.size) {
            PyErr_Format(PyExc_ValueError, "word %zd is not ASCII, or all are longer than 4 GB", i);
            return -1;
        }
        if (reserve(&self->letters, self->letters.size + size) < 0) return -1;
        memcpy(self->letters.data + self->letters.size, letters, (size_t)size);
        self->starts[i] = (uint32_t)self->letters.size;
        self->letters.size += size;
        self->longest = larger(self->longest, size);
        maybe_listed(self, (const uint8_t *)letters, size, 1);
    }
    self->starts[self->count] = (uint32_t)self->letters.size;
    return 0;
}

/* Takes them apart: sounds, keys. Without the interpreter's lock: for a large list it takes a fifth of a second, in which
   other threads decide payments. */
static int take_apart(Words *self, Bytes *keys)
{
    Bytes room = {0};
    int done = -1;
    for (Py_ssize_t i = 0; i < self->count; i++) {
        const uint8_t *letters = self->letters.data + self->starts[i];
        Py_ssize_t size = (Py_ssize_t)(self->starts[i + 1] - self->starts[i]);
        if (reserve_unlocked(&room, 2 * (size + 2)) < 0) goto end;
        memcpy(room.data + 1, letters, (size_t)size);
        Py_ssize_t sound_size = sound(room.data + 1, size);
        if (reserve_unlocked(&self->sounds, self->sounds.size + sound_size) < 0) goto end;
        memcpy(self->sounds.data + self->sounds.size, room.data + 1, (size_t)sound_size);
        self->sound_starts[i] = (uint32_t)self->sounds.size;
        self->sounds.size += sound_size;
        Listing listing = {keys, (uint64_t)i};
        if (near_keys(letters, size, room.data, sound_size, room.data + size + 2, 0, list_key, &listing) < 0) goto end;
    }
    self->sound_starts[self->count] = (uint32_t)self->sounds.size;
    done = 0;
end:
    free(room.data);
    return done;
}

static void index_keys(Words *self)
{
    qsort(self->table, (size_t)self->keys, sizeof *self->table, by_row);
    uint32_t bucket = 0;
    for (Py_ssize_t at = 0; at < self->keys; at++) {
        uint32_t key = (uint32_t)(self->table[at] >> 32), bit = key >> (32 - MAYBE_BITS);
        self->maybe[bit >> 3] |= (uint8_t)(1u << (bit & 7));
        while (bucket <= key >> (32 - BUCKET_BITS)) self->buckets[bucket++] = (uint32_t)at;
    }
    while (bucket <= 1u << BUCKET_BITS) self->buckets[bucket++] = (uint32_t)self->keys;
}

/* Words(words, spelling, sounding, constants): tuple of str, rows of doubles, see similarity.py. */
static PyObject *Words_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(named))
{
    PyObject *words;
    const char *spelling, *sounding;
    Py_ssize_t spelling_size, sounding_size;
    double similar, head, edit, far_sound, far, very_far, far_factor;
    if (!PyArg_ParseTuple(args, "O!y#y#(ddddddd)", &PyTuple_Type, &words, &spelling, &spelling_size, &sounding,
                          &sounding_size, &similar, &head, &edit, &far_sound, &far, &very_far, &far_factor))
        return NULL;
    allocfunc make = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Words *self = (Words *)make(type, 0);
    if (self == NULL) return NULL;
    if (spelling_size != sizeof self->spelling || sounding_size != sizeof self->sounding) {
        Py_DECREF(self);
        return PyErr_Format(PyExc_ValueError, "tables of similarity have another shape");
    }
    memcpy(self->spelling, spelling, sizeof self->spelling);
    memcpy(self->sounding, sounding, sizeof self->sounding);
    self->similar = similar, self->head = head, self->edit_beside_sound = edit, self->far_sound = far_sound;
    self->far = far, self->very_far = very_far, self->far_factor = far_factor;
    self->count = PyTuple_Size(words);
    if (self->count > INT32_MAX) {
        Py_DECREF(self);
        return PyErr_Format(PyExc_ValueError, "more words than 32 bits number");
    }
    size_t rows = (size_t)self->count + 1;
    self->starts = PyMem_Calloc(rows, sizeof *self->starts);
    self->sound_starts = PyMem_Calloc(rows, sizeof *self->sound_starts);
    self->seen = PyMem_Calloc(rows, sizeof *self->seen);
    self->buckets = PyMem_Calloc((1u << BUCKET_BITS) + 1, sizeof *self->buckets);
    self->maybe = PyMem_Calloc(1u << (MAYBE_BITS - 3), 1);
    self->listed = PyMem_Calloc(1u << (LISTED_BITS - 3), 1);
    Bytes keys = {0};
    if (!self->starts || !self->sound_starts || !self->seen || !self->buckets || !self->maybe || !self->listed) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    if (read_words(self, words) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    int done;
    Py_BEGIN_ALLOW_THREADS;
    done = take_apart(self, &keys);
    uint64_t *table = realloc(keys.data, (size_t)keys.size + 8);
    self->table = table ? table : (uint64_t *)keys.data;
    self->keys = keys.size / 8;
    if (done == 0) index_keys(self);
    Py_END_ALLOW_THREADS;
    if (done < 0) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

static PyMethodDef words_methods[] = {
    {"near", (PyCFunction)Words_near, METH_O, "near([(word, joined), ...]) -> [[(number, similarity), ...], ...]"},
    {"may_be_parted", (PyCFunction)Words_may_be_parted, METH_O, "may_be_parted(word) -> places"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot words_slots[] = {
    {Py_tp_new, Words_new},
    {Py_tp_dealloc, Words_dealloc},
    {Py_tp_methods, words_methods},
    {0, NULL},
};

static PyType_Spec words_spec = {"lists.compiled._engine.Words", sizeof(Words), 0, Py_TPFLAGS_DEFAULT, words_slots};
