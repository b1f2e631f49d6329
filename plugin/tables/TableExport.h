#pragma once
/// Writes one night's tables of one organization and project: the five elements as XLSX and CSV with the same rows, the
/// archives of the files that rows name, a manifest beside them.
///
/// CSV: UTF-8 with BOM, CRLF, RFC 4180. In text columns only, a value that begins with = + - @ tab or CR gets a leading
/// apostrophe so that a spreadsheet does not run it as a formula; taken away, it reads back equal. XLSX is exact.
///
/// One table per element, programme (or flow, where the profile says so) and channel, cut into pairs of a table part
/// and its archive. Rows of an `lrs` flow go to `already-sent/`, only once delivered and as they were sent, without
/// archives. Of a `tables` flow, what an LRS took before the channel was changed goes there too, and what it may have
/// taken nowhere: nothing is ever told twice. Everything of Contour::Test lies under `test-contour/` and carries test
/// ids. Rows are spooled as they come; `commit()` makes the files under temporary names, then syncs and renames them as
/// a set, the manifest last. The spools of what can be uploaded stay in `.rows/`, so that a pair can be split later. An
/// export that is destroyed without `commit()` leaves nothing behind. Not thread-safe.

#include "plugin/footprint/Footprint.h"
#include "plugin/footprint/Profile.h"
#include "plugin/tables/Pair.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::tables {

/// What is written beside the files of an `lrs` flow.
inline constexpr const char* kAlreadySent = "уже отправлено через LRS, загружать не нужно";

/// Where the spools lie, relative to the folder.
inline constexpr const char* kSpoolFolder = ".rows";

/// The columns of a downloaded template instead of the profile's.
struct TemplateColumns {
    std::vector<footprint::TableColumn> columns;
    std::string problem;  ///< Russian, one clause; not empty: the element's rows are refused
};

/// What of the export does not change from flow to flow.
struct ExportSettings {
    const footprint::Profile& profile;
    const host::sdk::Organization& organization;
    const host::sdk::Project& project;
    footprint::Contour contour = footprint::Contour::Production;
    host::sdk::Micros now = 0;
    std::filesystem::path directory;  ///< made when absent; files of the same name in it are replaced
    PairLimits limits = {};           ///< instead of the profile's, where not 0
    FileOpener open = {};             ///< bytes of learners' files; empty: no archives are made
    std::map<std::string, TemplateColumns> templates = {};  ///< by Table::name
};

/// What an LRS knows of a record: nothing, just this, another revision or person, or nobody knows whether it arrived.
enum class Told { Nothing, This, Another, Unknown };
/// Asked of every record; kind is "result" or "view".
using DeliveredLookup =
    std::function<Told(const char* kind, host::sdk::RecordId id, std::int64_t revision, std::string_view untiId)>;
/// Name and hash of a learner's file, or nullptr.
using TableFileLookup = std::function<const host::sdk::File*(host::sdk::RecordId)>;

/// One flow. What it refers to must live until the next `flow()` or `commit()`.
struct FlowTables {
    const host::sdk::FlowStructure& structure;
    std::span<const host::sdk::Learner> learners;
    footprint::Channel channel = footprint::Channel::Tables;
    const std::map<host::sdk::RecordId, std::string>* leftOut = nullptr;  ///< learner → reason
    DeliveredLookup delivered;                                            ///< empty: nothing went through an LRS
    TableFileLookup files;
};

struct TableFile {
    std::string path;     ///< relative to the directory, ASCII
    std::string pair;     ///< TablePair::name
    std::string role;     ///< "table" | "archive" | "mapping"
    std::string format;   ///< "xlsx" | "csv" | "zip"
    std::string element;  ///< Table::name
    std::string title;    ///< «Оценка результатов аттестации»
    std::string channel;  ///< "tables" | "lrs"
    host::sdk::RecordId programmeId = 0;
    std::int64_t rows = 0;  ///< of an archive: files
    std::int64_t bytes = 0;
    std::string sha256;
};

/// A table part with its archive. What is uploaded together.
struct TablePair {
    std::string name;  ///< stem of its files
    std::string element;
    std::string title;
    std::string channel;
    host::sdk::RecordId programmeId = 0;
    std::int64_t rows = 0;
    std::int64_t artifacts = 0;  ///< files in the archive
    bool overLimit = false;      ///< one row that is larger than the limits
    std::string spool;           ///< relative path; empty: the pair is not for upload and can't be split
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

/// What was written, also as `manifest.json`. rows + unsendable + waiting + skipped = records given.
struct Manifest {
    std::vector<TableFile> files;  ///< by path
    std::vector<TablePair> pairs;  ///< by name
    std::int64_t rows = 0;
    std::map<std::string, std::int64_t> unsendable;  ///< code → records
    std::int64_t waiting = 0;                        ///< not final, or of an lrs flow and not delivered yet
    std::int64_t skipped = 0;                        ///< deleted, or of a kind that has no table
    host::sdk::RecordId lastResultId = 0;
    host::sdk::RecordId lastViewId = 0;
    host::sdk::Micros lastChangedAt = 0;
    std::string json;
};

using UnsendableSink = std::function<void(footprint::Unsendable&&)>;

class TableExport {
public:
    /// \throws AppError 500 "tables.write" when the folder can't be written.
    TableExport(const ExportSettings& settings, UnsendableSink unsendable);
    ~TableExport();
    TableExport(const TableExport&) = delete;
    TableExport& operator=(const TableExport&) = delete;

    void flow(const FlowTables& flow);
    void results(std::span<const host::sdk::Result> results);
    void views(std::span<const host::sdk::View> views);
    Manifest commit();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plugin::tables
