/*
 * Disks as a power cut leaves them, and disks put into a folder.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "disk_trace.h"
#include "tests/scratch.h"

enum { SECTOR = 512 };

uint32_t disk_random(uint64_t *state, uint32_t below)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)((*state ^ *state >> 22) >> 30) % below;
}

/* Disks */

static void file_load(struct disk_file *file, const char *path)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	struct stat about;

	assert_true(descriptor >= 0);
	assert_int_equal(fstat(descriptor, &about), 0);
	file->size = (size_t)about.st_size;
	file->bytes = malloc(file->size + 1);
	assert_non_null(file->bytes);
	assert_int_equal(pread(descriptor, file->bytes, file->size, 0), file->size);
	(void)close(descriptor);
}

static void folder_take(struct disk *disk, const char *folder, const char *inside)
{
	char path[PATH_MAX + 256];
	const struct dirent *entry;
	DIR *list;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, inside);
	list = opendir(path);
	assert_non_null(list);
	while ((entry = readdir(list))) {
		struct disk_file *file = &disk->files[disk->count];
		struct stat about;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
			strstr(entry->d_name, "-shm"))
			continue;
		assert_true(disk->count < DISK_FILES);
		assert_true(strlen(inside) + strlen(entry->d_name) + 1 < DISK_NAME);
		*file = (struct disk_file) { .size = 0 };
		(void)snprintf(file->name, sizeof(file->name), "%s%s%.60s", inside,
			*inside ? "/" : "", entry->d_name);
		(void)snprintf(path, sizeof(path), "%s/%s", folder, file->name);
		assert_int_equal(lstat(path, &about), 0);
		file->is_folder = S_ISDIR(about.st_mode);
		disk->count++;
		if (file->is_folder)
			folder_take(disk, folder, file->name);
		else
			file_load(file, path);
	}
	closedir(list);
}

void disk_take(struct disk *out_disk, const char *folder)
{
	*out_disk = (struct disk) { .count = 0 };
	folder_take(out_disk, folder, "");
}

void disk_put(const struct disk *disk, const char *folder)
{
	assert_true(scratch_empty(folder));
	for (int i = 0; i < disk->count; i++) {
		const struct disk_file *file = &disk->files[i];
		char path[PATH_MAX];
		int descriptor;

		(void)snprintf(path, sizeof(path), "%s/%s", folder, file->name);
		if (file->is_folder) {
			assert_int_equal(mkdir(path, 0700), 0);
			continue;
		}
		descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		assert_true(descriptor >= 0);
		assert_int_equal(pwrite(descriptor, file->bytes, file->size, 0), file->size);
		(void)close(descriptor);
	}
}

void disk_clear(struct disk *disk)
{
	for (int i = 0; i < disk->count; i++)
		free(disk->files[i].bytes);
	disk->count = 0;
}

static uint64_t hash_on(uint64_t hash, const void *bytes, size_t size)
{
	enum { LANES = 4 };
	uint64_t lanes[LANES] = { hash, hash + 1, hash + 2, hash + 3 }, words[LANES];

	for (size_t at = 0; at < size; at += sizeof(words)) {
		size_t left = size - at < sizeof(words) ? size - at : sizeof(words);

		memset(words, 0, sizeof(words));
		memcpy(words, (const uint8_t *)bytes + at, left);
		for (int i = 0; i < LANES; i++)
			lanes[i] = (lanes[i] ^ words[i]) * 0x9e3779b97f4a7c15ULL ^ lanes[i] >> 29;
	}
	for (int i = 0; i < LANES; i++)
		hash = (hash ^ lanes[i]) * 0x9e3779b97f4a7c15ULL ^ hash >> 31;
	return hash;
}

uint64_t disk_hash(const struct disk *disk)
{
	uint64_t hash = 0;

	for (int i = 0; i < disk->count; i++) {
		const struct disk_file *file = &disk->files[i];

		hash = hash_on(hash, file->name, strlen(file->name) + 1);
		hash = hash_on(hash, &file->size, sizeof(file->size));
		hash = hash_on(hash, file->bytes, file->size);
	}
	return hash;
}

const struct disk_file *disk_find(const struct disk *disk, const char *name)
{
	for (int i = 0; i < disk->count; i++)
		if (strcmp(disk->files[i].name, name) == 0)
			return &disk->files[i];
	return NULL;
}

bool disk_same(const struct disk_file *one, const struct disk_file *other)
{
	if (!one || !other)
		return !one && !other;
	if (one->is_folder || other->is_folder)
		return one->is_folder && other->is_folder;
	return one->size == other->size && memcmp(one->bytes, other->bytes, one->size) == 0;
}

/* Power cuts */

struct node {
	uint8_t *bytes;
	size_t size, room;
};

struct entry {
	char name[DISK_NAME];
	int node; /* -1: a folder */
};

struct cutting {
	const struct disk_trace *trace;
	size_t at;
	uint64_t random;
	uint32_t style;
	struct node nodes[DISK_NODES];
	struct entry entries[DISK_FILES];
	int entry_count;
	size_t names_left; /* how many more changes of names that were not synced are kept */
};

bool disk_op_names(enum disk_op op)
{
	switch (op) {
	case DISK_MAKE:
	case DISK_RENAME:
	case DISK_EXCHANGE:
	case DISK_REMOVE:
	case DISK_FOLDER_MAKE:
	case DISK_FOLDER_REMOVE:
		return true;
	case DISK_WRITE:
	case DISK_TRUNCATE:
	case DISK_SYNC:
	case DISK_FOLDER_SYNC:
		break;
	}
	return false;
}

/* Was what the call did synced before the power went? */
static bool is_durable(const struct cutting *cutting, size_t call)
{
	return cutting->trace->calls[call].durable <= cutting->at;
}

static void node_resize(struct node *node, size_t size)
{
	if (size >= node->room) {
		node->room = size + size / 2 + 1;
		node->bytes = realloc(node->bytes, node->room);
		assert_non_null(node->bytes);
	}
	if (size > node->size)
		memset(node->bytes + node->size, 0, size - node->size);
	node->size = size;
}

/* from..to of what was written, counted from its start. */
static void node_write(struct node *node, const struct disk_call *call, size_t from, size_t to)
{
	size_t end = (size_t)call->offset + to;

	if (from >= to)
		return;
	if (end > node->size)
		node_resize(node, end);
	memcpy(node->bytes + (size_t)call->offset + from, call->bytes + from, to - from);
}

/* Each sector of it on its own, or those up to one. */
static void node_tear(struct cutting *cutting, struct node *node, const struct disk_call *call)
{
	size_t first = SECTOR - (size_t)call->offset % SECTOR;
	bool is_loose = disk_random(&cutting->random, 2);
	uint32_t sectors = (uint32_t)(call->size / SECTOR + 2);
	uint32_t last = disk_random(&cutting->random, sectors), number = 0;

	for (size_t at = 0; at < call->size; number++) {
		size_t to = at == 0 ? first : at + SECTOR;

		if (to > call->size)
			to = call->size;
		if (is_loose ? disk_random(&cutting->random, 2) : number < last)
			node_write(node, call, at, to);
		at = to;
	}
}

enum fate { FATE_KEPT, FATE_DROPPED, FATE_TORN, FATE_ZEROS };

/* Style 0 keeps all, 1 nothing, 2 nearly all, 3 nearly nothing, the others some of each. */
static enum fate fate_draw(struct cutting *cutting)
{
	uint32_t draw = disk_random(&cutting->random, 100);
	uint32_t kept = cutting->style == 2 ? 92 : cutting->style == 3 ? 8 : 40;

	if (cutting->style < 2)
		return cutting->style == 0 ? FATE_KEPT : FATE_DROPPED;
	if (draw < kept)
		return FATE_KEPT;
	switch (draw % 4) {
	case 0:
		return FATE_TORN;
	case 1:
		return FATE_ZEROS;
	default:
		return FATE_DROPPED;
	}
}

static void change_apply(struct cutting *cutting, const struct disk_call *call, enum fate fate)
{
	struct node *node = &cutting->nodes[call->node];
	size_t end = (size_t)call->offset + call->size;

	if (call->op == DISK_TRUNCATE) {
		if (fate == FATE_KEPT)
			node_resize(node, (size_t)call->offset);
		return;
	}
	switch (fate) {
	case FATE_KEPT:
		node_write(node, call, 0, call->size);
		break;
	case FATE_TORN:
		node_tear(cutting, node, call);
		break;
	case FATE_ZEROS:
		if (end > node->size)
			node_resize(node, end);
		break;
	case FATE_DROPPED:
		break;
	}
}

static struct entry *entry_find(struct cutting *cutting, const char *name)
{
	for (int i = 0; i < cutting->entry_count; i++)
		if (strcmp(cutting->entries[i].name, name) == 0)
			return &cutting->entries[i];
	return NULL;
}

static void entry_add(struct cutting *cutting, const char *name, int node)
{
	struct entry *entry = &cutting->entries[cutting->entry_count++];

	assert_true(cutting->entry_count <= DISK_FILES);
	(void)snprintf(entry->name, sizeof(entry->name), "%s", name);
	entry->node = node;
}

static void entry_remove(struct cutting *cutting, const char *name)
{
	struct entry *entry = entry_find(cutting, name);

	if (entry)
		*entry = cutting->entries[--cutting->entry_count];
}

static void name_apply(struct cutting *cutting, const struct disk_call *call)
{
	struct entry *from = entry_find(cutting, call->name), *to;
	int node = from ? from->node : -1;

	switch (call->op) {
	case DISK_MAKE:
		node_resize(&cutting->nodes[call->node], cutting->nodes[call->node].size);
		entry_add(cutting, call->name, call->node);
		break;
	case DISK_FOLDER_MAKE:
		entry_add(cutting, call->name, -1);
		break;
	case DISK_REMOVE:
	case DISK_FOLDER_REMOVE:
		entry_remove(cutting, call->name);
		break;
	case DISK_RENAME:
		entry_remove(cutting, call->to);
		entry_remove(cutting, call->name);
		entry_add(cutting, call->to, node);
		break;
	case DISK_EXCHANGE:
		to = entry_find(cutting, call->to);
		assert_true(from && to);
		from->node = to->node;
		to->node = node;
		break;
	case DISK_WRITE:
	case DISK_TRUNCATE:
	case DISK_SYNC:
	case DISK_FOLDER_SYNC:
		break;
	}
}

static size_t names_pending(const struct cutting *cutting)
{
	size_t count = 0;

	for (size_t i = 0; i < cutting->at; i++)
		count += disk_op_names(cutting->trace->calls[i].op) && !is_durable(cutting, i);
	return count;
}

static void calls_apply(struct cutting *cutting)
{
	for (size_t i = 0; i < cutting->at; i++) {
		const struct disk_call *call = &cutting->trace->calls[i];

		if (call->op == DISK_SYNC || call->op == DISK_FOLDER_SYNC)
			continue;
		if (!disk_op_names(call->op)) {
			change_apply(cutting, call,
				is_durable(cutting, i) ? FATE_KEPT : fate_draw(cutting));
		} else if (is_durable(cutting, i)) {
			name_apply(cutting, call);
		} else if (cutting->names_left > 0) {
			cutting->names_left--;
			name_apply(cutting, call);
		}
	}
}

static void names_draw(struct cutting *cutting)
{
	size_t pending = names_pending(cutting);

	cutting->names_left = pending;
	if (cutting->style == 1)
		cutting->names_left = 0;
	else if (cutting->style > 1)
		cutting->names_left = disk_random(&cutting->random, (uint32_t)pending + 1);
}

static void base_load(struct cutting *cutting)
{
	const struct disk *base = &cutting->trace->base;

	for (int i = 0; i < base->count; i++) {
		const struct disk_file *file = &base->files[i];

		entry_add(cutting, file->name, file->is_folder ? -1 : i);
		node_resize(&cutting->nodes[i], file->size);
		if (file->size > 0)
			memcpy(cutting->nodes[i].bytes, file->bytes, file->size);
	}
}

static bool has_folder(const struct disk *disk, const char *name)
{
	const char *slash = strchr(name, '/');
	char folder[DISK_NAME] = "";

	if (!slash)
		return true;
	memcpy(folder, name, (size_t)(slash - name));
	return disk_find(disk, folder);
}

/* Folders first; what lies in one that is not there is not there either. */
static void entries_give(struct cutting *cutting, struct disk *disk)
{
	for (int i = 0; i < 2 * cutting->entry_count; i++) {
		const struct entry *entry = &cutting->entries[i % cutting->entry_count];
		struct disk_file *file = &disk->files[disk->count];
		bool is_folder = entry->node < 0;

		if (is_folder != (i < cutting->entry_count) || !has_folder(disk, entry->name))
			continue;
		*file = (struct disk_file) { .is_folder = is_folder };
		memcpy(file->name, entry->name, sizeof(file->name));
		disk->count++;
		if (!is_folder) {
			struct node *node = &cutting->nodes[entry->node];

			file->size = node->size;
			file->bytes = node->bytes;
			node->bytes = NULL;
		}
	}
}

void disk_trace_cut(
	const struct disk_trace *trace, const struct disk_cut *cut, struct disk *out_disk)
{
	struct cutting *cutting = calloc(1, sizeof(*cutting));

	assert_non_null(cutting);
	assert_true(cut->at <= trace->count);
	cutting->trace = trace;
	cutting->at = cut->at;
	cutting->random = cut->seed * 0x9e3779b97f4a7c15ULL;
	cutting->style = cut->seed == 0 ? 0 : disk_random(&cutting->random, 8);
	base_load(cutting);
	names_draw(cutting);
	calls_apply(cutting);
	*out_disk = (struct disk) { .count = 0 };
	entries_give(cutting, out_disk);
	for (int i = 0; i < DISK_NODES; i++)
		free(cutting->nodes[i].bytes);
	free(cutting);
}
