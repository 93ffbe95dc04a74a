/*
 * Settings of the desk, by name: "cut_over", "demo_today", "rules_version".
 */
#ifndef TRACEDESK_DB_SETTINGS_H
#define TRACEDESK_DB_SETTINGS_H

#include "db/store.h"

/* DB_NONE: not set (out_value is ""). */
enum db_status settings_get(struct store *store, const char *name, char *out_value, size_t size);
enum db_status settings_set(struct store *store, const char *name, const char *value);

#endif
