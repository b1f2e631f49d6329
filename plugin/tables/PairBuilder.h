#pragma once
/// One pair in the making: every row goes into the table's formats, its files into the archive, their names into the
/// mapping sheet. Not thread-safe.

#include "plugin/tables/Pair.h"

#include <unordered_map>

namespace plugin::tables {

class PairBuilder {
public:
    enum class Outcome {
        Added,
        Refused,
        Full  ///< the row belongs into the next pair; nothing was written
    };

    /// `rows`: at most so many; 0: no limit but XLSX's own.
    PairBuilder(const CutSettings& settings, const SpoolHeader& header, const footprint::ZoneTime& zone,
                std::string name, std::int64_t rows);

    /// The row the spool stands at; its cell of file names is filled in.
    Outcome add(SpoolReader& spool);
    Pair finish();

private:
    bool isFull(const SpoolReader& spool, std::size_t newFiles, std::uint64_t newBytes) const;
    /// \return false when the row's names contradict each other or an earlier row's.
    bool nameFiles(SpoolReader& spool);
    std::optional<footprint::Refusal> packFiles(const SpoolReader& spool);
    void map(const SpoolReader& spool);
    void open();
    void openArchive();
    void addFile(Pair& pair, PairFile::Role role, const char* format, const std::string& path, std::int64_t rows,
                 std::shared_ptr<XlsxSheet> sheet);
    void addCsv(Pair& pair, PairFile::Role role, const std::string& path, std::int64_t rows,
                std::shared_ptr<StagedFile> file);

    const CutSettings* settings_;
    const SpoolHeader* header_;
    const footprint::ZoneTime* zone_;
    Pair pair_;
    std::int64_t maxRows_;
    std::int64_t mapped_ = 0;
    std::int64_t tableBytes_ = 0;  ///< as CSV, whether it is written or not
    std::shared_ptr<StagedFile> csv_, mapCsv_;
    std::shared_ptr<XlsxSheet> xlsx_, mapXlsx_;
    std::shared_ptr<ZipFile> zip_;
    std::unordered_map<std::string, std::string> packed_;  ///< name in the archive → SHA-256
    std::vector<std::string> names_;                       ///< of the row at work
    std::string joined_, line_;
};

}  // namespace plugin::tables
