#pragma once
/// A source whose rows a test writes: a row's cells, "!" and a problem, or an exception at a place.

#include "host/sdk/Sources.h"

#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace tests {

using Cells = std::vector<std::optional<std::string>>;

class ScriptedReader : public host::sdk::SourceReader {
public:
    ScriptedReader(std::vector<std::string> columns, std::vector<Cells> rows)
        : columns_(std::move(columns)), rows_(std::move(rows)) {}

    ScriptedReader& breaksAfter(std::size_t rows, std::function<void()> how = interrupted) {
        breaksAfter_ = rows;
        how_ = std::move(how);
        return *this;
    }
    ScriptedReader& problemAt(std::size_t row, host::sdk::SourceProblem problem) {
        problems_[row] = std::move(problem);
        return *this;
    }
    ScriptedReader& file(const std::string& reference, std::string bytes) {
        files_[reference] = std::move(bytes);
        return *this;
    }
    int opened = 0;  ///< files
    std::function<void(std::size_t)> atRow;

    const std::vector<std::string>& columns() const override { return columns_; }
    bool next(host::sdk::SourceRow& row) override {
        if (breaksAfter_ && at_ == *breaksAfter_) how_();
        if (at_ == rows_.size()) return false;
        if (atRow) atRow(at_);
        row.cells = rows_[at_];
        row.place = "row " + std::to_string(at_ + 1);
        if (auto it = problems_.find(at_); it != problems_.end()) row.problem = it->second;
        ++at_;
        return true;
    }
    std::unique_ptr<std::istream> openFile(const std::string& reference) override {
        ++opened;
        auto it = files_.find(reference);
        if (it == files_.end())
            throw host::sdk::SourceError(host::sdk::SourceError::Kind::NotThere,
                                         "There is no file '" + reference + "'.", "Look whether it was removed.");
        return std::make_unique<std::istringstream>(it->second);
    }

    static void interrupted() {
        throw host::sdk::SourceError(host::sdk::SourceError::Kind::Interrupted, "The connection went in the middle.",
                                     "Run it again.");
    }

private:
    std::vector<std::string> columns_;
    std::vector<Cells> rows_;
    std::size_t at_ = 0;
    std::optional<std::size_t> breaksAfter_;
    std::function<void()> how_;
    std::map<std::size_t, host::sdk::SourceProblem> problems_;
    std::map<std::string, std::string> files_;
};

}  // namespace tests
