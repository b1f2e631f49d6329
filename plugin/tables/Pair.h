#pragma once
/// A table part and the archive of the files that its rows name belong together: a pair. Pairs are cut from a spool by
/// rows and bytes, when the night writes them and when one is split later.

#include "plugin/footprint/JsonText.h"
#include "plugin/footprint/Reasons.h"
#include "plugin/tables/Sheets.h"
#include "plugin/tables/Spool.h"
#include "plugin/tables/ZipFile.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace plugin::tables {

/// Where a pair is to be split; 0: nowhere.
struct PairLimits {
    std::int64_t rows = 0;
    std::int64_t bytes = 0;         ///< of the table's file
    std::int64_t archiveBytes = 0;  ///< of the archive
};

/// Puts a row's file into an archive under a name. A reason: the file can't be had, and the row is refused.
class FilePacker {
public:
    virtual ~FilePacker() = default;
    virtual std::optional<footprint::Refusal> pack(ZipFile& zip, const RowFile& file, const std::string& name,
                                                   std::uint32_t time) = 0;
};

/// Opens the bytes of a learner's file by its SHA-256. AppError 404 when it is gone.
using FileOpener = std::function<std::unique_ptr<std::istream>(const std::string& sha256)>;

/// From the server's disk; SHA-256 and size are verified on the way. `open` must outlive it.
std::unique_ptr<FilePacker> packFromStore(const FileOpener& open);
/// From the archive of the pair that is split: what was verified once is copied as it is. A file that is not there was
/// refused when the archive was made, and its row again.
std::unique_ptr<FilePacker> packFromArchive(const std::filesystem::path& archive);

/// One file of a pair, staged.
struct PairFile {
    enum class Role { Table, Archive, Mapping };
    Role role = Role::Table;
    std::string path;    ///< relative to the folder, ASCII
    std::string format;  ///< "xlsx", "csv", "zip"
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::string sha256;
    std::function<void()> publish;
};

const char* toString(PairFile::Role role);

/// A row that could not be written after all, and why.
struct RefusedRow {
    RowHead head;
    footprint::Refusal refusal;
};

struct Pair {
    std::string name;             ///< its files' stem, relative to the folder
    std::vector<PairFile> files;  ///< the one to upload first
    std::vector<RefusedRow> refused;
    std::int64_t rows = 0;
    std::int64_t artifacts = 0;  ///< files in the archive
    bool overLimit = false;      ///< a single row that is larger than a limit
    std::uint64_t from = 0;      ///< its rows in the spool, with refused ones among them
    std::uint64_t to = 0;        ///< one past
};

/// How pairs are cut. What it refers to must outlive the cutter.
struct CutSettings {
    std::filesystem::path folder;   ///< where the files go; paths are relative to it
    std::filesystem::path scratch;  ///< for temporary files, on the same disk
    PairLimits limits;
    host::sdk::Micros now = 0;                     ///< creation time of the workbooks
    FilePacker* packer = nullptr;                  ///< nullptr: no archive
    std::function<std::string(std::size_t)> name;  ///< of the first, second, … pair (from 0)
};

/// Cuts the rows from `from` to `to` of a spool into pairs, in order. A range whose rows are all refused gives one pair
/// without files.
/// \throws AppError "tables.write", "tables.read".
std::vector<Pair> cutPairs(SpoolReader& spool, std::uint64_t from, std::uint64_t to, const CutSettings& settings);

}  // namespace plugin::tables
