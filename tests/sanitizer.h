/*
 * Was the test built with AddressSanitizer, whose shadow and quarantine keep
 * what the program wiped, and whose frames are larger?
 */
#ifndef TRACEDESK_TESTS_SANITIZER_H
#define TRACEDESK_TESTS_SANITIZER_H

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#else
#define HAS_SANITIZER 0
#endif

#endif
