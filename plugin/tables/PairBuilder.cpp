#include "plugin/tables/PairBuilder.h"

#include "plugin/tables/ArchiveNames.h"
#include "plugin/tables/CellText.h"

#include <algorithm>
#include <array>
#include <future>

namespace plugin::tables {
namespace {

using footprint::Refusal;
namespace reasons = footprint::reasons;

const std::vector<std::string>& mappingTitles() {
    static const std::vector<std::string> titles{"Файл слушателя", "Файл в архиве", "UNTI ID", "Слушатель",
                                                 "Элемент",        "SHA-256",       "Байт"};
    return titles;
}

constexpr std::uint64_t kEntryOverhead = 30 + 46 + 2 * 96;  ///< headers of an archive's entry with their names

}  // namespace

PairBuilder::PairBuilder(const CutSettings& settings, const SpoolHeader& header, const footprint::ZoneTime& zone,
                         std::string name, std::int64_t rows)
    : settings_(&settings), header_(&header), zone_(&zone), maxRows_(rows) {
    pair_.name = std::move(name);
    if (header.formats.xlsx && (maxRows_ == 0 || maxRows_ > kSpreadsheetRows)) maxRows_ = kSpreadsheetRows;
}

bool PairBuilder::isFull(const SpoolReader& spool, std::size_t newFiles, std::uint64_t newBytes) const {
    if (pair_.rows == 0) return false;
    const PairLimits& limits = settings_->limits;
    if (maxRows_ > 0 && pair_.rows >= maxRows_) return true;
    if (header_->formats.xlsx && mapped_ + static_cast<std::int64_t>(spool.files().size()) > kSpreadsheetRows)
        return true;
    if (limits.bytes > 0 && tableBytes_ + static_cast<std::int64_t>(line_.size()) > limits.bytes) return true;
    if (limits.archiveBytes == 0 || newFiles == 0 || zip_ == nullptr) return false;
    const std::uint64_t overhead = (packed_.size() + newFiles) * kEntryOverhead;
    return zip_->position() + newBytes + overhead > static_cast<std::uint64_t>(limits.archiveBytes);
}

bool PairBuilder::nameFiles(SpoolReader& spool) {
    names_.clear();
    const auto files = spool.files();
    if (files.empty()) return true;
    joined_.clear();
    bool clear = true;
    for (const RowFile& file : files) {
        std::string name = archiveName(spool.person().untiId, file);
        const auto found = packed_.find(name);
        if (found != packed_.end() && found->second != file.sha256) clear = false;
        for (std::size_t i = 0; i < names_.size(); ++i)
            if (names_[i] == name && files[i].sha256 != file.sha256) clear = false;
        if (!joined_.empty()) joined_ += ';';
        joined_ += name;
        names_.push_back(std::move(name));
    }
    for (Cell& cell : spool.cells())
        if (cell.type == Cell::Type::Files) cell.text = joined_;
    return clear;
}

std::optional<Refusal> PairBuilder::packFiles(const SpoolReader& spool) {
    if (settings_->packer == nullptr || names_.empty()) return std::nullopt;
    openArchive();
    const std::size_t before = zip_->entries();
    const std::uint32_t time = spool.head().at == 0 ? dosTime(0) : dosTime(zone_->local(spool.head().at));
    std::vector<std::string> added;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const RowFile& file = spool.files()[i];
        if (!packed_.emplace(names_[i], file.sha256).second) continue;
        added.push_back(names_[i]);
        if (auto refusal = settings_->packer->pack(*zip_, file, names_[i], time)) {
            zip_->rollback(before);
            for (const std::string& name : added) packed_.erase(name);
            return refusal;
        }
    }
    return std::nullopt;
}

PairBuilder::Outcome PairBuilder::add(SpoolReader& spool) {
    const bool clear = nameFiles(spool);
    line_.clear();
    appendCsvLine(line_, spool.cells(), *zone_);
    std::size_t newFiles = 0;
    std::uint64_t newBytes = 0;
    for (std::size_t i = 0; i < names_.size(); ++i)
        if (packed_.count(names_[i]) == 0) {
            ++newFiles;
            newBytes += static_cast<std::uint64_t>(std::max<std::int64_t>(spool.files()[i].size, 0));
        }
    if (isFull(spool, newFiles, newBytes)) return Outcome::Full;
    std::optional<Refusal> refusal;
    if (!clear)
        refusal = Refusal::of(reasons::kFileNameTaken);
    else if (header_->formats.xlsx && !names_.empty() && joined_.size() > kCellUnits)
        refusal = Refusal::of(reasons::kTextTooLong);
    else
        refusal = packFiles(spool);
    if (refusal) {
        pair_.refused.push_back({spool.head(), std::move(*refusal)});
        return Outcome::Refused;
    }
    if (pair_.rows == 0) open();
    if (csv_) {
        csv_->buffer() += line_;
        csv_->written();
    }
    if (xlsx_) xlsx_->row(spool.cells());
    tableBytes_ += static_cast<std::int64_t>(line_.size());
    ++pair_.rows;
    if (settings_->packer != nullptr) map(spool);
    return Outcome::Added;
}

void PairBuilder::open() {
    std::string header;
    appendCsvHeader(header, header_->columns);
    tableBytes_ = static_cast<std::int64_t>(header.size());
    if (header_->formats.csv) {
        csv_ = std::make_shared<StagedFile>(settings_->folder / (pair_.name + ".csv"));
        csv_->buffer() += header;
    }
    if (header_->formats.xlsx)
        xlsx_ = std::make_shared<XlsxSheet>(settings_->folder / (pair_.name + ".xlsx"), header_->table,
                                            header_->columns, *zone_, settings_->scratch, settings_->now);
}

void PairBuilder::openArchive() {
    if (!zip_) zip_ = std::make_shared<ZipFile>(settings_->folder / (pair_.name + ".zip"));
}

void PairBuilder::map(const SpoolReader& spool) {
    if (names_.empty()) return;
    const std::string stem = pair_.name + "-files";
    if (header_->formats.csv && !mapCsv_) {
        mapCsv_ = std::make_shared<StagedFile>(settings_->folder / (stem + ".csv"));
        appendCsvHeader(mapCsv_->buffer(), mappingTitles());
    }
    if (header_->formats.xlsx && !mapXlsx_)
        mapXlsx_ = std::make_shared<XlsxSheet>(settings_->folder / (stem + ".xlsx"), "files", mappingTitles(), *zone_,
                                               settings_->scratch, settings_->now);
    const auto text = [](std::string_view value) {
        return Cell{value.empty() ? Cell::Type::Empty : Cell::Type::Text, 0, 0, value};
    };
    const RowPerson& person = spool.person();
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const RowFile& file = spool.files()[i];
        const std::array<Cell, 7> cells{text(file.name),
                                        text(names_[i]),
                                        text(person.untiId),
                                        text(person.name),
                                        text(person.element),
                                        text(file.sha256),
                                        Cell{Cell::Type::Integer, file.size, 0, {}}};
        if (mapCsv_) {
            appendCsvLine(mapCsv_->buffer(), cells, *zone_);
            mapCsv_->written();
        }
        if (mapXlsx_) mapXlsx_->row(cells);
        ++mapped_;
    }
}

void PairBuilder::addFile(Pair& pair, PairFile::Role role, const char* format, const std::string& path,
                          std::int64_t rows, std::shared_ptr<XlsxSheet> sheet) {
    if (!sheet) return;
    sheet->finish();
    pair.files.push_back(
        {role, path + "." + format, format, rows, sheet->bytes(), sheet->sha256(), [sheet] { sheet->publish(); }});
}

void PairBuilder::addCsv(Pair& pair, PairFile::Role role, const std::string& path, std::int64_t rows,
                         std::shared_ptr<StagedFile> file) {
    if (!file) return;
    file->finish();
    pair.files.push_back(
        {role, path + ".csv", "csv", rows, file->bytes(), file->sha256(), [file] { file->publish(); }});
}

Pair PairBuilder::finish() {
    Pair pair = std::move(pair_);
    if (pair.rows == 0) return pair;
    // The archive's own hash is taken while the workbook is packed.
    std::future<std::string> hash;
    if (zip_ && zip_->entries() > 0) {
        pair.artifacts = static_cast<std::int64_t>(zip_->entries());
        zip_->finish();
        hash = std::async(std::launch::async, [zip = zip_] { return sha256OfFile(zip->staged()); });
    }
    addFile(pair, PairFile::Role::Table, "xlsx", pair.name, pair.rows, xlsx_);
    addCsv(pair, PairFile::Role::Table, pair.name, pair.rows, csv_);
    if (hash.valid())
        pair.files.push_back({PairFile::Role::Archive, pair.name + ".zip", "zip", pair.artifacts, zip_->bytes(),
                              hash.get(), [zip = zip_] { zip->publish(); }});
    addFile(pair, PairFile::Role::Mapping, "xlsx", pair.name + "-files", mapped_, mapXlsx_);
    addCsv(pair, PairFile::Role::Mapping, pair.name + "-files", mapped_, mapCsv_);
    const PairLimits& limits = settings_->limits;
    for (const PairFile& file : pair.files) {
        const std::int64_t limit = file.role == PairFile::Role::Table     ? limits.bytes
                                   : file.role == PairFile::Role::Archive ? limits.archiveBytes
                                                                          : 0;
        if (limit > 0 && file.bytes > limit) pair.overLimit = true;
    }
    return pair;
}

}  // namespace plugin::tables
