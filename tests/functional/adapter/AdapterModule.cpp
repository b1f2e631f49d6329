/// An adapter of one's own (seed 002, «Кастомные адаптеры»): a module that brings a kind of source for a system that
/// nothing else speaks to, here the card terminals of a training centre. They leave a text file, a line a person:
/// "id|unti|name|changed", and a PIN opens them. It uses the contract as any module would and nothing else of the host.

#include "host/sdk/Module.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace host::sdk;
using Kind = SourceError::Kind;

constexpr const char* kPin = "4711-4711";

class TerminalReader : public SourceReader {
public:
    TerminalReader(const std::filesystem::path& file, const SourceRequest& request) : in_(file), request_(request) {
        if (!in_)
            throw SourceError(Kind::NotThere, "The terminal has no file '" + request.route.text("file") + "'.",
                              "Name one of its files.");
        std::string header;
        std::getline(in_, header);
        columns_ = parts(header);
    }

    const std::vector<std::string>& columns() const override { return columns_; }

    bool next(SourceRow& row) override {
        std::string line;
        while (!request_.stop.stop_requested() && (request_.limit == 0 || given_ < request_.limit)) {
            if (!std::getline(in_, line)) return false;
            ++line_;
            if (line == "BROKEN")
                throw SourceError(Kind::Interrupted, "The terminal went away in the middle.", "Look at its cable.");
            const auto cells = parts(line);
            row.cells.assign(cells.begin(), cells.end());
            row.place = "line " + std::to_string(line_ + 1);
            const auto at = std::find(columns_.begin(), columns_.end(), request_.watermarkColumn) - columns_.begin();
            const bool old = request_.watermark && static_cast<std::size_t>(at) < cells.size() &&
                             std::stol(cells[static_cast<std::size_t>(at)]) < std::stol(*request_.watermark);
            if (old) continue;
            ++given_;
            return true;
        }
        if (request_.stop.stop_requested()) throw SourceError(Kind::Cancelled, "The terminal was left.", "Ask again.");
        return false;
    }

private:
    static std::vector<std::string> parts(const std::string& line) {
        std::vector<std::string> all(1);
        for (char c : line)
            if (c == '|')
                all.emplace_back();
            else
                all.back() += c;
        return all;
    }

    std::ifstream in_;
    SourceRequest request_;
    std::vector<std::string> columns_;
    std::size_t line_ = 0;
    std::size_t given_ = 0;
};

class TerminalKind : public SourceKind {
public:
    explicit TerminalKind(std::filesystem::path folder) : folder_(std::move(folder)) {}

    SourceDescription describe() const override {
        SourceDescription kind;
        kind.name = "card-terminal";
        kind.title = {"Терминал карт", "Card terminal"};
        SourceField terminal{.name = "terminal", .required = true, .title = {"Терминал", "Terminal"}};
        terminal.example = "hall";
        SourceField pin{.name = "pin", .type = SourceField::Type::Secret, .required = true, .title = {"ПИН", "PIN"}};
        kind.connection = {terminal, pin};
        SourceField file{.name = "file", .required = true, .title = {"Файл", "File"}};
        file.example = "people.txt";
        kind.route = {file};
        return kind;
    }

    void check(const SourceRequest& request) override {
        if (request.connection.secret("pin").reveal() != kPin)
            throw SourceError(Kind::Rights, "The terminal does not accept the PIN.", "Give the PIN of its label.");
        if (!std::filesystem::is_directory(folder_ / request.connection.text("terminal")))
            throw SourceError(Kind::Unreachable, "There is no terminal '" + request.connection.text("terminal") + "'.",
                              "Switch it on.");
    }

    std::unique_ptr<SourceReader> open(const SourceRequest& request) override {
        check(request);
        if (request.log) request.log("The terminal is open.");
        return std::make_unique<TerminalReader>(
            folder_ / request.connection.text("terminal") / request.route.text("file"), request);
    }

private:
    std::filesystem::path folder_;
};

}  // namespace

class AdapterModule : public Module {
public:
    std::vector<FieldError> configure(const ModuleConfig& config) override {
        const auto folder = config.find("folder");
        if (folder == config.end()) return {{"folder", "it is missing", "name the folder of the terminals"}};
        folder_ = folder->second;
        return {};
    }
    void start(HostServices& services) override {
        source_ = services.sources().add(std::make_shared<TerminalKind>(folder_));
    }
    void stop(std::chrono::steady_clock::time_point) noexcept override { source_.reset(); }

private:
    std::filesystem::path folder_;
    Registration source_;
};

HOST_MODULE("adapter", "0.1.0", AdapterModule)
