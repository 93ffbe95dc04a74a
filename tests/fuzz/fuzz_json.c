/*
 * JSON on its way in: any of it, and the objects that change a receipt, an
 * officer or an incident.
 */
#include "core/json.h"
#include "core/patch.h"
#include "tests/fuzz/fuzz.h"

void fuzz_start(void)
{
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *)bytes;
	char why[PATCH_WHY_SIZE] = "";
	struct json_value *value = json_read(text, size, why, sizeof(why));

	fuzz_must(value || why[0] != '\0', "why it is no JSON is said");
	json_free(value);
	for (int kind = PATCH_REQUEST; kind <= PATCH_INCIDENT; kind++) {
		struct patch patch;

		if (patch_read((enum patch_kind)kind, text, size, &patch) != PATCH_OK)
			fuzz_must(patch.why[0] != '\0', "why an object is not taken is said");
		patch_clear(&patch);
	}
}
