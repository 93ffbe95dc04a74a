/*
 * The explanation of terms, word for word as the register publishes it.
 */
#include "core/terms.h"

const struct term register_terms[] = {
	{ TERM_HEADING, "Tracing service" },
	{ TERM_PARAGRAPH,
		"Rejected: requests to the National Back Office (NBO) for a release of "
		"non-clinical data to assist with law enforcement are rejected where the requests "
		"have not followed correct procedure. For instance, if a request has not been "
		"countersigned by a police officer of sufficient seniority." },
	{ TERM_PARAGRAPH,
		"Approved – Trace: The NBO was able to trace details for the individuals related "
		"to these requests" },
	{ TERM_PARAGRAPH,
		"Approved – No Trace: The NBO was not able to trace any details related to these "
		"requests" },
	{ TERM_HEADING, "Demographics Batch Service Bureau" },
	{ TERM_PARAGRAPH, "Received: Number of batch file submissions received by DBSB." },
	{ TERM_PARAGRAPH,
		"Rejected: Batch file submissions to the DBSB at the National Back Office (NBO) by "
		"social care and other approved organisations for NHS Number validation are "
		"rejected for non-compliance with submission requirements; including incorrectly "
		"formatted data, insecure email domain, submitted data out of scope, authority for "
		"use of service not in place." },
	{ TERM_PARAGRAPH,
		"Withdrawn: Service user has withdrawn their batch file submission at any point "
		"prior to DBSB completion of their request." },
	{ TERM_PARAGRAPH,
		"Approved and Processed: Batch file submissions that comply with submission "
		"requirements and have completed processing." },
	{ TERM_PARAGRAPH,
		"Transactions single match: A single unique match has been identified between the "
		"data record supplied and the data held on PDS." },
	{ TERM_PARAGRAPH,
		"Transactions unmatched: A single unique match has NOT been identified between the "
		"data record supplied and the data held on PDS." },
	{ TERM_PARAGRAPH,
		"Transactions processed: Number of individual data records submitted to DBS for "
		"NHS Number validation." },
	{ TERM_PARAGRAPH,
		"Note: Number of Submissions Approved and Processed may not equal the Number of "
		"Submissions Received minus rejections and withdrawals. This will occur when:" },
	{ TERM_ITEM,
		"- a submission received in a previous accounting period completes processing in a "
		"later accounting period" },
	{ TERM_ITEM, "- a submission received in the current accounting period has not completed "
		     "processing by the end of that accounting period" },
};

const size_t register_term_count = sizeof(register_terms) / sizeof(register_terms[0]);
