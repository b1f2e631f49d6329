#pragma once
/// How the columns of a CSV file, or of any other source, become the fields of one kind of record. A mapping is a JSON
/// file of the server's configuration, checked as a whole when it is loaded; a Value type is immutable afterwards and
/// thread-safe.
///
///     {"target": "results", "source": "oulad", "missing": ["", "?"],
///      "externalId": {"template": "{id_assessment}-{id_student}"},
///      "fields": {"learner": {"column": "id_student"}, "raw": {"column": "score"},
///                 "at": {"column": "date_submitted", "date": {"base": "flow.startsAt", "unit": "days"}},
///                 "success": {"derive": "raw>=passScore"}},
///      "assumed": ["A mark of 40 passes."]}

#include "common/CsvReader.h"
#include "common/TimeZone.h"
#include "host/records/RecordDraft.h"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace host::sources {

using common::CsvEncoding;
using common::CsvOptions;
using common::CsvReader;
using common::CsvRow;

/// Text made of constant pieces and columns; one column alone is the usual case.
struct TextRule {
    struct Piece {
        std::string text;  ///< when `column` is empty
        std::string column;
    };
    std::vector<Piece> pieces;
    bool lower = false;
    /// Value map; a nullopt value means "missing". What is not in it is an error, unless `otherwise` is given.
    std::optional<std::unordered_map<std::string, std::optional<std::string>>> map;
    std::optional<std::string> otherwise;

    std::vector<std::string> columns() const;
};

struct DateRule {
    enum class Base { None, Fixed, Column, FlowStart };
    Base base = Base::None;
    sdk::Micros fixed = 0;  ///< clock time in `zone`
    std::string baseColumn;
    std::unordered_map<std::string, sdk::Micros> baseMap;
    std::int64_t unitSeconds = 86400;
    std::optional<common::TimeZone> zone;
    bool isDotted = false;  ///< "dd.mm.yyyy": 15.09.2025, 15.09.2025 10:00, besides what a date is otherwise
};

struct FieldRule {
    std::size_t field = 0;
    TextRule text;
    std::optional<DateRule> date;
    bool derivesSuccess = false;
    bool optional = false;  ///< the source may leave its columns out: then there is no value
};

/// The row is taken when all conditions hold.
struct RowCondition {
    std::string column;
    std::set<std::string, std::less<>> in;
    std::set<std::string, std::less<>> notIn;
    std::optional<bool> missing;
    bool optional = false;
};

/// Where a file's bytes are: what the rule gives is handed to the source's reader.
struct ContentRule {
    TextRule reference;
    bool immutable = false;  ///< the same reference has the same bytes for ever: they are not read again
};

struct CsvMapping {
    /// Of a CSV file, or of a route, which has no format of a file, may bring files, and whose `source` may be left
    /// to the connection.
    enum class Use { Csv, Route };

    std::string name;
    std::string title;
    records::RecordKind target = records::RecordKind::Learner;
    std::string source;
    CsvOptions csv;
    bool decimalComma = false;
    std::set<std::string, std::less<>> missing = {""};
    TextRule externalId;
    std::optional<ContentRule> content;  ///< of files, always; else never
    std::vector<FieldRule> fields;
    std::vector<RowCondition> when;
    std::vector<std::string> assumed;  ///< of a CSV file alone

    /// Every column it reads, in no order.
    std::set<std::string> columns() const;
    /// Those that the source must have: without what only optional fields and conditions read.
    std::set<std::string> requiredColumns() const;

    /// AppError 422 with everything that is wrong. `source`: what it is when the mapping of a route gives none.
    static CsvMapping parse(const std::string& name, std::string_view json, Use use = Use::Csv,
                            const std::string& source = {});
};

/// One file after another, in the order in which records refer to each other.
struct ImportManifest {
    struct Step {
        std::string file;
        std::string mapping;
    };
    std::string title;
    std::vector<Step> steps;

    static ImportManifest parse(const std::string& name, std::string_view json);
};

/// The mappings of a folder: "oulad/results" is oulad/results.json in it. Files named import.json are manifests.
class MappingLibrary {
public:
    /// Reads and checks everything; AppError 422 lists what is wrong in which file. A missing folder is an empty
    /// library.
    explicit MappingLibrary(const std::filesystem::path& folder);

    /// AppError 404 with the nearest name.
    const CsvMapping& find(const std::string& name) const;
    /// "oulad" → its manifest; AppError 404.
    const ImportManifest& manifest(const std::string& name) const;
    std::vector<std::string> names() const;

private:
    std::map<std::string, CsvMapping> mappings_;
    std::map<std::string, ImportManifest> manifests_;
};

}  // namespace host::sources
