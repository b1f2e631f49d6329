#pragma once
/// Where the rows of an export go: a spool per table, programme (or flow) and channel while the night reads records,
/// and at its end the pairs that are cut from them, with the manifest. Without `commit()` nothing is left behind. Not
/// thread-safe.

#include "plugin/tables/TableExport.h"
#include "plugin/tables/TableRows.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace plugin::tables {

/// Rows of one table, programme (or flow) and channel.
struct TableOutput {
    const footprint::Table* table = nullptr;
    std::string stem;  ///< path without part number and extension
    footprint::Channel channel = footprint::Channel::Tables;
    host::sdk::RecordId programmeId = 0;
    std::unique_ptr<StagedFile> spool;
};

class TableOutputs {
public:
    /// `settings` must outlive it. \throws AppError 500 "tables.write" when the folder can't be made.
    TableOutputs(const ExportSettings& settings, std::filesystem::path folder);
    ~TableOutputs();
    TableOutputs(const TableOutputs&) = delete;
    TableOutputs& operator=(const TableOutputs&) = delete;

    /// Stays where it is until commit().
    TableOutput& of(const host::sdk::FlowStructure& structure, const footprint::Table& table, const TableRows& rows,
                    footprint::Channel channel);
    /// Gives the buffers' memory back.
    void release();
    /// Writes every file and the manifest; rows whose files went missing are refused.
    Manifest commit(Manifest manifest, const UnsendableSink& unsendable);

private:
    using Key = std::tuple<const footprint::Table*, host::sdk::RecordId, host::sdk::RecordId, footprint::Channel>;
    PairLimits limitsOf(const footprint::Table& table) const;
    std::vector<Pair> cut(const TableOutput& output) const;
    std::unique_ptr<StagedFile> note(const std::filesystem::path& path, const std::string& text) const;

    const ExportSettings* settings_;
    std::filesystem::path folder_;
    std::map<Key, TableOutput> outputs_;
    std::set<std::string> stems_;
    bool committed_ = false;
};

}  // namespace plugin::tables
