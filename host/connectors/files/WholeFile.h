#pragma once
/// The rows of a file, which must be at the end what it was at the beginning: of a file that somebody still writes rows
/// are missing, and what is missing must not be taken for deleted. Used by one thread.

#include "host/connectors/files/Lane.h"
#include "host/sdk/Sources.h"

namespace host::connectors {

class WholeFile : public sdk::SourceReader {
public:
    WholeFile(std::unique_ptr<sdk::SourceReader> rows, std::filesystem::path file, const FileState& before)
        : rows_(std::move(rows)), file_(std::move(file)), before_(before) {}
    const std::vector<std::string>& columns() const override { return rows_->columns(); }
    /// SourceError Interrupted at the end when the file changed.
    bool next(sdk::SourceRow& row) override {
        if (rows_->next(row)) return true;
        if (stateOf(file_) != before_)
            throw sdk::SourceError(sdk::SourceError::Kind::Interrupted,
                                   "The file changed while it was read: rows of it may be missing.",
                                   "Write it under a name that ends in .tmp and rename it when it is whole; put it "
                                   "there again.");
        return false;
    }
    std::unique_ptr<std::istream> openFile(const std::string& reference) override { return rows_->openFile(reference); }

private:
    std::unique_ptr<sdk::SourceReader> rows_;
    const std::filesystem::path file_;
    const FileState before_;
};

}  // namespace host::connectors
