#pragma once
/// Writes one night's tables of one organization and project: the five elements as CSV, a manifest beside them.
///
/// UTF-8 with BOM, CRLF, RFC 4180. In text columns only, a value that begins with = + - @ tab or CR gets a leading
/// apostrophe so that a spreadsheet does not run it as a formula; taken away, it reads back equal.
///
/// One file per element, programme (or flow, where the profile says so) and channel. Rows of an `lrs` flow go to
/// `already-sent/`, only once delivered and as they were sent. Of a `tables` flow, what an LRS took before the channel
/// was changed goes there too, and what it may have taken nowhere: nothing is ever told twice. Everything of
/// Contour::Test lies under `test-contour/` and carries test ids. Files are written under temporary names; `commit()`
/// syncs and renames them as a set, the manifest last. An export that is destroyed without `commit()` leaves nothing
/// behind. Not thread-safe.

#include "plugin/footprint/Footprint.h"
#include "plugin/footprint/Profile.h"

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

/// What of the export does not change from flow to flow.
struct ExportSettings {
    const footprint::Profile& profile;
    const host::sdk::Organization& organization;
    const host::sdk::Project& project;
    footprint::Contour contour = footprint::Contour::Production;
    host::sdk::Micros now = 0;
    std::filesystem::path directory;  ///< made when absent; files of the same name in it are replaced
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
    std::string element;  ///< Table::name
    std::string title;    ///< «Оценка результатов аттестации»
    std::string channel;  ///< "tables" | "lrs"
    host::sdk::RecordId programmeId = 0;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::string sha256;
};

/// What was written, also as `manifest.json`. rows + unsendable + waiting + skipped = records given.
struct Manifest {
    std::vector<TableFile> files;
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
