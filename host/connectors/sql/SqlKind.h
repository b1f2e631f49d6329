#pragma once
/// The kind of source "sql": SQLite files, PostgreSQL, MySQL and MariaDB, and through ODBC what the administrator has
/// set up (SQL Server, Oracle). Only reads: one SELECT in a read-only transaction. Rows are streamed; addresses go
/// through the outbound guard; passwords are in no error and no log. Thread-safe; must outlive its readers.

#include "host/connections/KindFacts.h"
#include "host/connectors/sql/SqlSettings.h"
#include "host/sdk/Sources.h"

#include <memory>

namespace host::connectors::sql {

struct Context;

class SqlKind final : public sdk::SourceKind, public connections::TellsFacts {
public:
    explicit SqlKind(SqlSettings settings);
    ~SqlKind() override;

    sdk::SourceDescription describe() const override;
    connections::KindFacts facts() const override;
    void check(const sdk::SourceRequest& request) override;
    std::unique_ptr<sdk::SourceReader> open(const sdk::SourceRequest& request) override;

private:
    std::unique_ptr<Context> context_;
};

}  // namespace host::connectors::sql
