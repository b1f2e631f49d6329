#include "plugin/store/ReceiptMigrations.h"

namespace plugin::store {

namespace {

// What the last reading of a statement said. `receipt_id` 0: no receipt has told it yet, so that each change is told
// in one receipt, whatever died in between.
const char* const kReadings =
    "CREATE TABLE u2035_reading ("
    " seq BIGINT NOT NULL PRIMARY KEY,"
    " store_id TEXT NOT NULL,"
    " flow_id BIGINT NOT NULL,"
    " run_id BIGINT NOT NULL,"
    " read_at BIGINT NOT NULL,"
    " verdict TEXT NOT NULL,"
    " times_missing INTEGER NOT NULL DEFAULT 0,"
    " place TEXT NOT NULL DEFAULT '',"
    " ours TEXT NOT NULL DEFAULT '',"
    " theirs TEXT NOT NULL DEFAULT '',"
    " receipt_id BIGINT NOT NULL DEFAULT 0);\n"
    "CREATE INDEX u2035_reading_untold ON u2035_reading (store_id, flow_id) WHERE receipt_id = 0;\n"
    "CREATE INDEX u2035_reading_findings ON u2035_reading (store_id, seq)"
    " WHERE verdict IN ('differs', 'lost', 'voided');\n"
    "CREATE INDEX u2035_outbox_told_in_flow ON u2035_outbox (store_id, flow_id, batch_id);\n"
    "CREATE TABLE u2035_reading_refused ("
    " store_id TEXT NOT NULL PRIMARY KEY,"
    " refused_at BIGINT NOT NULL,"
    " message TEXT NOT NULL)";

const char* const kReceipts =
    "CREATE TABLE u2035_receipt ("
    " id BIGINT NOT NULL PRIMARY KEY,"
    " organization TEXT NOT NULL,"
    " number BIGINT NOT NULL,"
    " project TEXT NOT NULL,"
    " store_id TEXT NOT NULL,"
    " flow_id BIGINT NOT NULL,"
    " run_id BIGINT NOT NULL,"
    " made_at BIGINT NOT NULL,"
    " upto_batch BIGINT NOT NULL,"
    " text TEXT NOT NULL,"
    " previous TEXT NOT NULL,"
    " hash TEXT NOT NULL,"
    " UNIQUE (organization, number));\n"
    "CREATE INDEX u2035_receipt_covered ON u2035_receipt (store_id, flow_id, upto_batch);\n"
    "CREATE TABLE u2035_receipt_item ("
    " receipt_id BIGINT NOT NULL,"
    " position BIGINT NOT NULL,"
    " fate TEXT NOT NULL,"
    " seq BIGINT NOT NULL,"
    " statement_id TEXT NOT NULL,"
    " digest TEXT NOT NULL,"
    " PRIMARY KEY (receipt_id, position));\n"
    // How many there are and the last one's hash: what is cut off at the end is missed.
    "CREATE TABLE u2035_receipt_head ("
    " organization TEXT NOT NULL PRIMARY KEY,"
    " receipts BIGINT NOT NULL,"
    " hash TEXT NOT NULL)";

}  // namespace

std::vector<std::pair<std::string, std::string>> receiptMigrations() {
    return {{"readings", kReadings}, {"receipts", kReceipts}};
}

}  // namespace plugin::store
