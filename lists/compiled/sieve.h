/* Which names of a batch may be somebody listed, and which surely are nobody: align() of compare.py and judge() of
   score.py for names of plain words. What is kept is asked again in Python, which alone answers; so nothing here may lose
   a name that Python would find, and a name kept needlessly costs time only. */

enum { QUESTION_WORDS = 31, LISTED_WORDS = 31, INITIALS = 36, EXACT_BITS = 21 };

/* The numbers of the rules, as sieve.py hands them. */
typedef struct {
    double tokens_max, letters_max, join_letters, cut_least, cut_most, cut_legal_bits;
    double power, telling_bits, initial_similarity, initial_bits_max, initial_missing, letter_missing, two_letters,
        father;
    double leftover_bits, weakest, contained_extra;
    double missing, missing_of_person, extra, evidence_bits, whole, rest, rest_power, rest_alike, single, lone;
    double lone_near_long, lone_near, lone_near_short, weak, weak_lone, thing, contained, contained_bits;
    double contained_evidence_bits, long_word, short_word, square;
} SieveRules;

typedef struct {
    Column starts, words, sorted, flags, bits, totals; /* rows: int32 but for bits and totals, which are doubles */
} Listed;

typedef struct {
    PyObject_HEAD
    Words *vocabulary;
    Matrix *matrix;
    Lexicon words, joined;
    Listed listed;
    Column exact; /* checksums of the keys of exact names, ascending */
    uint8_t *maybe_exact;
    NameRules bounds;
    SieveRules rules;
    Search search;
    Bytes weighed, found, edges, room, places;
} Sieve;

/* A word of a question. */
typedef struct {
    const uint8_t *letters;
    Py_ssize_t size;
    const Known *known;
    double bits;
} Token;

typedef struct {
    const Meanings *meanings;
    uint32_t mask;
    double most;
} Option;

typedef struct {
    Token tokens[QUESTION_WORDS + 1];
    Option options[3 * QUESTION_WORDS];
    int count, option_count;
    uint32_t fathers; /* words that name a father */
    double total;
} Asking;

typedef struct {
    double rank, similarity, worth, points;
    uint32_t asked, listed;
} Edge;

typedef struct {
    double matched, offered, missing, extra, weakest;
    uint32_t asked, listed; /* words that found a partner */
    int telling;
} Aligned;

static const uint8_t *word_of(const Sieve *self, int32_t word, Py_ssize_t *size)
{
    *size = (Py_ssize_t)(self->vocabulary->starts[word + 1] - self->vocabulary->starts[word]);
    return self->vocabulary->letters.data + self->vocabulary->starts[word];
}

static int all_numbers(const Token *token) { return all_digits(token->letters, token->size); }

/* Listed words like two neighbours written as one; worked out once. NULL where the memory is full. */
static const Known *joined_of(Sieve *self, const Token *left, const Token *right)
{
    Py_ssize_t size = left->size + right->size;
    if (reserve(&self->room, size) < 0) return NULL;
    uint8_t *letters = self->room.data;
    memcpy(letters, left->letters, (size_t)left->size);
    memcpy(letters + left->size, right->letters, (size_t)right->size);
    Known *known = place_for(&self->joined, letters, size);
    if (known == NULL || known->whole.count >= 0) return known;
    if (near_word(self->vocabulary, letters, size, 1, &self->search) < 0) return NULL;
    const Near *near = (const Near *)self->search.found.data;
    Py_ssize_t count = self->search.found.size / (Py_ssize_t)sizeof *near;
    known->whole.rows = count ? malloc((size_t)count * sizeof *known->whole.rows) : NULL;
    if (count && known->whole.rows == NULL) return (const Known *)PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < count; i++)
        set_meaning(&known->whole.rows[i], (int32_t)near[i].number, near[i].alike, self->rules.power);
    known->whole.count = (int32_t)count;
    return known;
}

/* Fills the words of a question: _split_one() of question.py. Gives where a word was split, -1 for nowhere, -2 where a word
   is not known. */
static int fill_tokens(Sieve *self, const uint8_t *letters, Piece *pieces, Py_ssize_t count, Asking *asking)
{
    int split_at = -1;
    asking->count = 0;
    for (Py_ssize_t place = 0; place < count; place++) {
        Token token = {letters + pieces[place].at, pieces[place].size, NULL, 0.0};
        token.known = known_piece(&self->words, letters, &pieces[place]);
        if (token.known == NULL || token.known->whole.count < 0) return -2;
        int half = token.known->half;
        if (split_at < 0 && half && !(place == count - 1 && token.known->flags & BEGINS_A_WORD)) {
            Token right = {token.letters + half, token.size - half, NULL, 0.0};
            split_at = asking->count;
            token.size = half;
            token.known = look_up(&self->words, token.letters, token.size);
            right.known = look_up(&self->words, right.letters, right.size);
            if (token.known == NULL || token.known->whole.count < 0) return -2;
            if (right.known == NULL || right.known->whole.count < 0) return -2;
            asking->tokens[asking->count++] = token;
            token = right;
        }
        asking->tokens[asking->count++] = token;
    }
    return split_at;
}

static void add_option(Asking *asking, const Meanings *meanings, uint32_t mask, double most)
{
    asking->options[asking->option_count++] = (Option){meanings, mask, most};
}

static int may_be_cut(const Sieve *self, const Asking *asking)
{
    Py_ssize_t size = asking->count > 1 ? asking->tokens[asking->count - 1].size : 0;
    return size >= (Py_ssize_t)self->rules.cut_least && size <= (Py_ssize_t)self->rules.cut_most;
}

/* fathers_in() of fathers.py. */
static uint32_t fathers_in(const Asking *asking)
{
    uint32_t patronymics = 0, links = 0, last = 0;
    int going_on = 0;
    for (int place = 0; place < asking->count; place++) {
        int flags = asking->tokens[place].known->flags;
        uint32_t bit = (uint32_t)1 << place;
        if (flags & PATRONYMIC) patronymics |= bit;
        if (place && flags & SON) {
            last = bit;
            going_on = 1;
        } else if (going_on) {
            last |= bit;
            going_on = flags & GOES_ON;
        } else if (flags & FAITH && last & bit >> 2)
            last |= bit | bit >> 1;
        links |= last;
    }
    return patronymics | (asking->count && last >> (asking->count - 1) ? links & ~last : links);
}

/* _ask() of question.py, the options that stand for words: 1; 0 where something is not known; -1 where the memory is full. */
static int fill_question(Sieve *self, const uint8_t *letters, Piece *pieces, Py_ssize_t count, Asking *asking)
{
    int split_at = fill_tokens(self, letters, pieces, count, asking), last = asking->count - 1;
    if (split_at == -2) return 0;
    asking->total = 0.0;
    asking->fathers = fathers_in(asking);
    asking->option_count = 0;
    for (int place = 0; place <= last; place++) {
        Token *token = &asking->tokens[place];
        token->bits = token->known->bits;
        if (place == last && last > 0 && token->known->flags & CUT_LEGAL_WORD && token->bits > self->rules.cut_legal_bits)
            token->bits = self->rules.cut_legal_bits;
        asking->total += asking->fathers >> place & 1 ? token->bits * self->rules.father : token->bits;
        add_option(asking, &token->known->whole, (uint32_t)1 << place, token->bits);
    }
    for (int place = 0; place < last; place++) {
        const Token *left = &asking->tokens[place], *right = left + 1;
        if (left->size + right->size < (Py_ssize_t)self->rules.join_letters || all_numbers(left) || all_numbers(right)) continue;
        const Known *known;
        if (place == split_at) {
            known = look_up(&self->words, left->letters, left->size + right->size); /* the word that was split */
            if (known == NULL || known->whole.count < 0) return 0;
        } else if ((known = joined_of(self, left, right)) == NULL)
            return -1;
        add_option(asking, &known->whole, (uint32_t)3 << place, left->bits + right->bits);
    }
    if (may_be_cut(self, asking)) {
        const Token *token = &asking->tokens[last];
        if (token->known->begun.count < 0) return 0;
        add_option(asking, &token->known->begun, (uint32_t)1 << last, token->bits);
    }
    return 1;
}

static int note_weight(Bytes *weighed, int32_t word, float weight)
{
    Weighed one = {word, weight};
    if (reserve(weighed, weighed->size + (Py_ssize_t)sizeof one) < 0) return -1;
    memcpy(weighed->data + weighed->size, &one, sizeof one);
    weighed->size += (Py_ssize_t)sizeof one;
    return 0;
}

/* All words the question may stand for, and the row of each initial. */
static int note_weights(Sieve *self, const Asking *asking)
{
    self->weighed.size = 0;
    for (int i = 0; i < asking->option_count; i++) {
        const Meanings *meanings = asking->options[i].meanings;
        for (int32_t k = 0; k < meanings->count; k++)
            if (note_weight(&self->weighed, meanings->rows[k].word, meanings->rows[k].weight) < 0) return -1;
    }
    for (int place = 0; place < asking->count; place++) {
        const Token *token = &asking->tokens[place];
        if (token->size != 1) continue;
        int32_t row = is_digit(token->letters[0]) ? 26 + token->letters[0] - '0' : token->letters[0] - 'a';
        float weight = (float)pow(self->rules.initial_similarity, self->rules.power);
        if (note_weight(&self->weighed, (int32_t)self->vocabulary->count + row, weight) < 0) return -1;
    }
    return 0;
}

static int by_rank(const void *one, const void *two)
{
    const Edge *a = one, *b = two;
    if (a->rank != b->rank) return a->rank < b->rank ? 1 : -1;
    if (a->asked != b->asked) return a->asked < b->asked ? 1 : -1;
    if (a->listed != b->listed) return a->listed < b->listed ? 1 : -1;
    if (a->similarity != b->similarity) return a->similarity < b->similarity ? 1 : -1;
    return a->worth < b->worth ? 1 : a->worth > b->worth ? -1 : 0;
}

/* The words of a listed name. */
typedef struct {
    const int32_t *words, *sorted;
    const double *bits;
    int count, flags;
    double total;
} Name;

enum { WEAK = 1, THING = 2, PERSON = 4, OPEN = 8, TELLING_SHIFT = 4 };

static int take_name(const Sieve *self, int32_t number, Name *name)
{
    const int32_t *starts = self->listed.starts.view.buf;
    int32_t first = starts[number], end = starts[number + 1];
    if (first < 0 || end < first || end - first > LISTED_WORDS || end > numbers_in(&self->listed.words)) return 0;
    name->words = (const int32_t *)self->listed.words.view.buf + first;
    name->sorted = (const int32_t *)self->listed.sorted.view.buf + first;
    name->bits = (const double *)self->listed.bits.view.buf + first;
    name->count = (int)(end - first);
    name->flags = ((const int32_t *)self->listed.flags.view.buf)[number];
    name->total = ((const double *)self->listed.totals.view.buf)[number];
    for (int i = 0; i < name->count; i++) /* the arrays are not ours alone */
        if (name->words[i] < 0 || name->words[i] >= self->vocabulary->count || name->sorted[i] < 0 ||
            name->sorted[i] >= self->vocabulary->count)
            return 0;
    return 1;
}

/* The edges between a question and a name, best first; their number, -1 where the memory is full. */
static Py_ssize_t find_edges(Sieve *self, const Asking *asking, const Name *name)
{
    self->edges.size = 0;
    for (int i = 0; i < asking->option_count; i++) {
        const Option *option = &asking->options[i];
        for (int32_t k = 0; k < option->meanings->count; k++) {
            const Meaning *meaning = &option->meanings->rows[k];
            for (int place = 0; place < name->count; place++) {
                if (name->words[place] != meaning->word) continue;
                double worth = name->bits[place];
                if (meaning->similarity < 1.0 && option->most < worth) worth = option->most;
                if (worth == 0.0) continue;
                Edge edge = {worth * meaning->similarity, meaning->similarity, worth, meaning->points, option->mask,
                             (uint32_t)1 << place};
                if (reserve(&self->edges, self->edges.size + (Py_ssize_t)sizeof edge) < 0) return -1;
                memcpy(self->edges.data + self->edges.size, &edge, sizeof edge);
                self->edges.size += (Py_ssize_t)sizeof edge;
            }
        }
    }
    Py_ssize_t count = self->edges.size / (Py_ssize_t)sizeof(Edge);
    if (count > 1) qsort(self->edges.data, (size_t)count, sizeof(Edge), by_rank);
    return count;
}

static double missing_bits(const Sieve *self, int32_t word, double bits)
{
    return self->vocabulary->starts[word + 1] - self->vocabulary->starts[word] == 1 ? bits * self->rules.letter_missing : bits;
}

/* _initial_of() of compare.py: the place of the partner, -1 for none. */
static int initial_of(const Sieve *self, const Token *token, const Name *name, uint32_t taken, int last)
{
    int begun = -1;
    if (token->size > (last ? (Py_ssize_t)self->rules.two_letters : 1)) return -1;
    for (int place = 0; place < name->count; place++) {
        Py_ssize_t size;
        const uint8_t *word = word_of(self, name->words[place], &size);
        if (taken >> place & 1 || size < token->size || memcmp(word, token->letters, (size_t)token->size) != 0) continue;
        if (size == token->size) return place;
        if (begun < 0) begun = place;
    }
    return begun;
}

/* father_share() of compare.py. */
static double father_share(const Sieve *self, const Name *name, const Aligned *aligned)
{
    if (aligned->telling < 2 || !(name->flags & OPEN)) return 1.0;
    for (int place = 0; place < name->count; place++)
        if (!(aligned->listed >> place & 1) && name->bits[place] > self->rules.telling_bits) return 1.0;
    return self->rules.father;
}

/* _with_leftovers() of compare.py. */
static void pair_leftovers(const Sieve *self, const Asking *asking, const Name *name, Aligned *aligned)
{
    const SieveRules *rules = &self->rules;
    uint32_t asked = aligned->asked;
    double missing = 0.0, fathers = 0.0;
    for (int place = 0; place < asking->count; place++) {
        const Token *token = &asking->tokens[place];
        if (asked >> place & 1) continue;
        int partner = initial_of(self, token, name, aligned->listed, place == asking->count - 1);
        if (partner < 0) {
            *(asking->fathers >> place & 1 ? &fathers : &aligned->extra) += token->bits;
            continue;
        }
        double bits = name->bits[partner], counted = bits;
        aligned->asked |= (uint32_t)1 << place;
        aligned->listed |= (uint32_t)1 << partner;
        aligned->telling++;
        Py_ssize_t size;
        word_of(self, name->words[partner], &size);
        if (size == token->size) {
            aligned->matched += bits;
            aligned->offered += bits;
            continue;
        }
        if (counted > rules->initial_bits_max) counted = rules->initial_bits_max;
        aligned->matched += counted * pow(rules->initial_similarity, rules->power);
        aligned->offered += counted;
        aligned->missing += rules->initial_missing * (bits - counted);
    }
    aligned->extra += fathers * father_share(self, name, aligned);
    for (int place = 0; place < name->count; place++)
        if (!(aligned->listed >> place & 1)) missing += missing_bits(self, name->words[place], name->bits[place]);
    aligned->missing += missing;
}

/* align() of compare.py: 1; 0 where no word finds a partner; -1 where the memory is full. */
static int align(Sieve *self, const Asking *asking, const Name *name, Aligned *aligned)
{
    Py_ssize_t count = find_edges(self, asking, name);
    if (count <= 0) return count < 0 ? -1 : 0;
    const Edge *edges = (const Edge *)self->edges.data;
    *aligned = (Aligned){.weakest = 1.0};
    for (Py_ssize_t i = 0; i < count; i++) {
        const Edge *edge = &edges[i];
        if (aligned->asked & edge->asked || aligned->listed & edge->listed) continue;
        aligned->asked |= edge->asked;
        aligned->listed |= edge->listed;
        aligned->matched += edge->worth * edge->points;
        aligned->offered += edge->worth;
        if (edge->worth > self->rules.telling_bits) {
            aligned->telling++;
            if (edge->similarity < aligned->weakest) aligned->weakest = edge->similarity;
        }
    }
    uint32_t all_asked = ((uint32_t)1 << asking->count) - 1, all_listed = ((uint32_t)1 << name->count) - 1;
    if (aligned->asked != all_asked || aligned->listed != all_listed) pair_leftovers(self, asking, name, aligned);
    return 1;
}

/* Letters that two texts have in common in this order, as many as there are (bit-parallel, Hyyrö 2004). The places of the
   letters of `one` stand in `places`, `blocks` words a letter. */
static Py_ssize_t in_common(const uint64_t *places, Py_ssize_t blocks, uint64_t *row, const uint8_t *two, Py_ssize_t size)
{
    Py_ssize_t found = 0;
    for (Py_ssize_t b = 0; b < blocks; b++) row[b] = ~(uint64_t)0;
    for (Py_ssize_t i = 0; i < size; i++) {
        const uint64_t *here = places + (Py_ssize_t)(two[i] & 127) * blocks;
        uint64_t carry = 0;
        for (Py_ssize_t b = 0; b < blocks; b++) {
            uint64_t old = row[b], met = old & here[b], sum = old + met, more = sum + carry;
            carry = (uint64_t)(sum < old) | (uint64_t)(more < sum);
            row[b] = more | (old - met);
        }
    }
    for (Py_ssize_t b = 0; b < blocks; b++)
        for (uint64_t left = ~row[b]; left; left &= left - 1) found++;
    return found;
}

/* rapidfuzz's Indel.normalized_similarity; below 0 where the memory is full. */
static double indel(Sieve *self, const uint8_t *one, Py_ssize_t size, const uint8_t *two, Py_ssize_t other_size)
{
    if (size + other_size == 0) return 1.0;
    Py_ssize_t blocks = (size + 63) / 64;
    if (blocks == 0) return 0.0;
    if (reserve(&self->places, (129 * blocks) * (Py_ssize_t)sizeof(uint64_t)) < 0) return -1.0;
    uint64_t *places = (uint64_t *)self->places.data, *row = places + 128 * blocks;
    memset(places, 0, (size_t)(128 * blocks) * sizeof *places);
    for (Py_ssize_t i = 0; i < size; i++) places[(Py_ssize_t)(one[i] & 127) * blocks + i / 64] |= (uint64_t)1 << (i % 64);
    Py_ssize_t common = in_common(places, blocks, row, two, other_size);
    return 1.0 - (double)(size + other_size - 2 * common) / (double)(size + other_size);
}

static int by_letters(const void *one, const void *two)
{
    const Token *a = *(const Token *const *)one, *b = *(const Token *const *)two;
    Py_ssize_t size = a->size < b->size ? a->size : b->size;
    int order = memcmp(a->letters, b->letters, (size_t)size);
    return order ? order : (a->size > b->size) - (a->size < b->size);
}

static uint8_t *append(uint8_t *to, const uint8_t *letters, Py_ssize_t size)
{
    memcpy(to, letters, (size_t)size);
    return to + size;
}

/* Writes the words in the order of the alphabet, parted by blanks; `room` is large enough. */
static uint8_t *write_sorted(const Token *tokens, int count, uint8_t *to)
{
    const Token *sorted[QUESTION_WORDS + 1];
    for (int i = 0; i < count; i++) sorted[i] = &tokens[i];
    if (count > 1) qsort(sorted, (size_t)count, sizeof *sorted, by_letters);
    for (int i = 0; i < count; i++) {
        if (i) *to++ = ' ';
        to = append(to, sorted[i]->letters, sorted[i]->size);
    }
    return to;
}

static Py_ssize_t letters_of(const Asking *asking)
{
    Py_ssize_t size = 0;
    for (int i = 0; i < asking->count; i++) size += asking->tokens[i].size + 1;
    return size;
}

static Py_ssize_t letters_of_name(const Sieve *self, const Name *name)
{
    Py_ssize_t total = 0, size;
    for (int i = 0; i < name->count; i++) {
        word_of(self, name->words[i], &size);
        total += size + 1;
    }
    return total;
}

/* How alike the letters of both names are, words in the order of the alphabet; below 0 where the memory is full. */
static double sorted_alike(Sieve *self, const Asking *asking, const Name *name)
{
    if (reserve(&self->room, letters_of(asking) + letters_of_name(self, name)) < 0) return -1.0;
    uint8_t *one = self->room.data, *two = write_sorted(asking->tokens, asking->count, one), *to = two;
    for (int i = 0; i < name->count; i++) {
        Py_ssize_t size;
        const uint8_t *word = word_of(self, name->sorted[i], &size);
        if (i) *to++ = ' ';
        to = append(to, word, size);
    }
    return indel(self, one, two - one, two, to - two);
}

/* _rest() of score.py; below 0 where the memory is full. Letters first, then sounds: both names glued, twice. */
static double rest_of(Sieve *self, const Asking *asking, const Name *name, const Aligned *aligned)
{
    const SieveRules *rules = &self->rules;
    Py_ssize_t most = letters_of(asking) + letters_of_name(self, name), size;
    if (reserve(&self->room, 2 * most) < 0) return -1.0;
    uint8_t *one = self->room.data, *to = one, *heard = one + most, *heard_to = heard;
    for (int i = 0; i < asking->count; i++) {
        if (aligned->asked >> i & 1) continue;
        to = append(to, asking->tokens[i].letters, asking->tokens[i].size);
        memcpy(heard_to, asking->tokens[i].letters, (size_t)asking->tokens[i].size);
        heard_to += sound(heard_to, asking->tokens[i].size);
    }
    uint8_t *two = to, *heard_two = heard_to;
    for (int i = 0; i < name->count; i++) {
        if (aligned->listed >> i & 1) continue;
        const uint8_t *word = word_of(self, name->words[i], &size);
        to = append(to, word, size);
        uint32_t first = self->vocabulary->sound_starts[name->words[i]];
        size = (Py_ssize_t)(self->vocabulary->sound_starts[name->words[i] + 1] - first);
        heard_to = append(heard_to, self->vocabulary->sounds.data + first, size);
    }
    if (two == one || to == two) return 0.0;
    double looks = indel(self, one, two - one, two, to - two);
    double sounds = indel(self, heard, heard_two - heard, heard_two, heard_to - heard_two);
    if (looks < 0.0 || sounds < 0.0) return -1.0;
    double alike = (looks + sounds) / 2;
    if (alike < rules->rest_alike) return 0.0;
    double matched = aligned->matched + rules->rest * pow(alike, rules->rest_power) * aligned->missing;
    return matched / (aligned->offered + aligned->missing) * (1 - exp(-matched / rules->evidence_bits));
}

static double lone_near(const Sieve *self, const Name *name)
{
    Py_ssize_t letters = 0, size;
    for (int i = 0; i < name->count; i++) {
        word_of(self, name->words[i], &size);
        if (name->bits[i] > self->rules.telling_bits && size > letters) letters = size;
    }
    if ((double)letters >= self->rules.long_word) return self->rules.lone_near_long;
    return (double)letters >= self->rules.short_word ? self->rules.lone_near : self->rules.lone_near_short;
}

/* The doubts about a score, in the order of score.py. */
static double doubted(const Sieve *self, const Name *name, const Aligned *aligned, double score)
{
    const SieveRules *rules = &self->rules;
    int telling = name->flags >> TELLING_SHIFT;
    if (aligned->telling < 2) {
        double lone = aligned->weakest == 1.0 ? rules->lone : lone_near(self, name);
        score *= telling < 2 ? lone : rules->single;
    }
    if (name->flags & WEAK) score *= telling > 1 ? rules->weak : rules->weak_lone;
    return name->flags & THING ? score * rules->thing : score;
}

/* judge() of score.py without the exact floor, not rounded; below 0 where the memory is full. */
static double judge(Sieve *self, const Asking *asking, const Name *name, const Aligned *aligned)
{
    const SieveRules *rules = &self->rules;
    double matched = aligned->matched, missing = aligned->missing, extra = aligned->extra;
    double each = name->flags & PERSON ? rules->missing_of_person : rules->missing;
    double best = matched / (aligned->offered + each * missing + rules->extra * extra);
    double rest = 0.0, contained = 0.0;
    if (missing + extra > rules->leftover_bits || aligned->weakest < rules->weakest) {
        double alike = sorted_alike(self, asking, name);
        if (alike >= 0.0 && missing != 0.0 && extra != 0.0) rest = rest_of(self, asking, name, aligned);
        if (alike < 0.0 || rest < 0.0) return -1.0;
        double whole = rules->whole * pow(alike, rules->square);
        if (whole > best) best = whole;
    }
    if (extra > rules->contained_extra && matched > rules->contained_bits) {
        double surplus = (matched - rules->contained_bits) / rules->contained_evidence_bits;
        contained = rules->contained * pow(matched / name->total, rules->square) * (1 - exp(-surplus));
    }
    double score = best * (1 - exp(-matched / rules->evidence_bits));
    if (rest > score) score = rest;
    if (contained > score) score = contained;
    return doubted(self, name, aligned, score);
}
