/*
 * For the tests of the program: reads JSON from standard input and prints a
 * line for each value in it, "path<TAB>value" (figures[0].month<TAB>2020-12);
 * exit 1 when it is not JSON.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static void print(const char *path, json_t *value);

static void print_at(const char *path, const char *separator, const char *name, json_t *value)
{
	char longer[512];

	(void)snprintf(longer, sizeof(longer), "%s%s%s", path, separator, name);
	print(longer, value);
}

static void print_list(const char *path, json_t *list)
{
	char index[32];

	printf("%s\t%zu items\n", path, json_array_size(list));
	for (size_t i = 0; i < json_array_size(list); i++) {
		(void)snprintf(index, sizeof(index), "[%zu]", i);
		print_at(path, "", index, json_array_get(list, i));
	}
}

static void print(const char *path, json_t *value)
{
	if (json_is_object(value)) {
		const char *name;
		json_t *member;

		json_object_foreach(value, name, member)
			print_at(path, *path ? "." : "", name, member);
	} else if (json_is_array(value)) {
		print_list(path, value);
	} else if (json_is_string(value)) {
		printf("%s\t%s\n", path, json_string_value(value));
	} else {
		char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));

		printf("%s\t%s\n", path, text);
		free(text);
	}
}

int main(void)
{
	json_error_t error;
	json_t *value = json_loadf(stdin, JSON_REJECT_DUPLICATES, &error);

	if (!value) {
		(void)fprintf(stderr, "%d:%d: %s\n", error.line, error.column, error.text);
		return 1;
	}
	print("", value);
	json_decref(value);
	return 0;
}
