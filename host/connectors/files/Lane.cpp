#include "host/connectors/files/Lane.h"

#include "host/sdk/Sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ext/stdio_filebuf.h>
#include <fcntl.h>
#include <fstream>
#include <ios>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace host::connectors {
namespace {

namespace fs = std::filesystem;
using sdk::SourceError;
using Kind = SourceError::Kind;

constexpr std::size_t kIdLength = 36;

[[noreturn]] void refuse(const std::string& what, const std::string& name, int error) {
    throw SourceError(error == ENOENT ? Kind::NotThere : Kind::Rights,
                      fmt::format("{} '{}': {}.", what, name, std::strerror(error)),
                      "Let the server's user write to the watched folder and everything in it.");
}

bool isOnItsWay(std::string_view name) {
    constexpr std::array<std::string_view, 7> kEnds{".tmp",        ".part",      ".partial", ".filepart",
                                                    ".crdownload", ".uploading", ".swp"};
    if (name.empty() || name.front() == '.' || name.starts_with("~$") || name.ends_with("~")) return true;
    return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return name.ends_with(end); });
}

class PlainFile : public std::istream {
public:
    explicit PlainFile(int descriptor) : std::istream(nullptr), buffer_(descriptor, std::ios::in | std::ios::binary) {
        rdbuf(&buffer_);
    }

private:
    __gnu_cxx::stdio_filebuf<char> buffer_;  // closes the descriptor
};

/// Whole or not at all: a reader of the folder never sees half a report.
void writeWhole(const fs::path& file, const std::string& text) {
    auto half = file;
    half += ".tmp";
    {
        std::ofstream out(half, std::ios::binary | std::ios::trunc);
        out << text;
        out.flush();
        if (!out) refuse("The report can't be written beside the file:", file.filename().string(), errno);
    }
    std::error_code failed;
    fs::rename(half, file, failed);
    if (failed) refuse("The report can't be written beside the file:", file.filename().string(), failed.value());
}

}  // namespace

void Lane::prepare(bool endsHere) const {
    for (const auto* name : {"work", "done", "failed"}) {
        if (!endsHere && std::string_view(name) != "work") continue;
        const auto place = folder_ / name;
        std::error_code failed;
        const auto status = fs::symlink_status(place, failed);
        if (fs::is_directory(status)) continue;
        if (fs::exists(status))
            throw SourceError(Kind::Rights, fmt::format("'{}' in the watched folder is no folder.", name),
                              "Remove it; the server makes its own.");
        fs::create_directory(place, failed);
        if (failed) refuse("The watched folder takes no folder", name, failed.value());
    }
}

std::vector<Lane::Candidate> Lane::candidates(const std::string& pattern) const {
    std::vector<Candidate> all;
    std::error_code failed;
    for (fs::directory_iterator it(folder_, failed), end; !failed && it != end; it.increment(failed)) {
        const auto name = it->path().filename().string();
        if (isOnItsWay(name) || !fits(name, pattern)) continue;
        if (const auto state = stateOf(it->path())) all.push_back({name, *state});
    }
    if (failed) refuse("The watched folder can't be read:", folder_.filename().string(), failed.value());
    std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
        return std::pair(a.state.modified, a.name) < std::pair(b.state.modified, b.name);
    });
    return all;
}

fs::path Lane::workFile(const std::string& id, const std::string& name) const {
    return folder_ / "work" / (id + "~" + name);
}

void Lane::take(const std::string& name, const std::string& id) const {
    std::error_code failed;
    fs::rename(folder_ / name, workFile(id, name), failed);
    if (failed) refuse("The file can't be taken:", name, failed.value());
}

std::vector<Lane::Taken> Lane::taken() const {
    std::vector<Taken> all;
    std::error_code failed;
    for (fs::directory_iterator it(folder_ / "work", failed), end; !failed && it != end; it.increment(failed)) {
        const auto name = it->path().filename().string();
        if (name.size() > kIdLength + 1 && name[kIdLength] == '~' && stateOf(it->path()))
            all.push_back({name.substr(0, kIdLength), name.substr(kIdLength + 1)});
    }
    return all;
}

std::string Lane::end(const std::string& id, const std::string& name, bool good, const std::string& stamp,
                      const std::string& report, const fs::path& log) const {
    const auto place = folder_ / (good ? "done" : "failed");
    auto last = stamp + "-" + name;
    std::error_code failed;
    if (fs::exists(fs::symlink_status(place / last, failed))) last = stamp + "-" + id.substr(0, 8) + "-" + name;
    // The report goes first: a file that has ended has one, whenever it is looked at.
    writeWhole(place / (last + ".report.json"), report);
    if (fs::is_regular_file(log, failed))
        fs::copy_file(log, place / (last + ".log.csv"), fs::copy_options::overwrite_existing, failed);
    fs::rename(workFile(id, name), place / last, failed);
    if (failed && failed.value() != ENOENT) refuse("The file can't be moved out of 'work':", name, failed.value());
    return last;
}

void Lane::keep(const std::string& id, const std::string& name, std::uint64_t most) const {
    const auto place = folder_ / "kept";
    std::error_code failed;
    fs::create_directory(place, failed);
    fs::rename(workFile(id, name), place / workFile(id, name).filename(), failed);
    if (failed && failed.value() != ENOENT) refuse("The file can't be moved out of 'work':", name, failed.value());
    std::vector<std::pair<FileState, fs::path>> all;
    for (fs::directory_iterator it(place, failed), end; !failed && it != end; it.increment(failed))
        if (const auto state = stateOf(it->path())) all.emplace_back(*state, it->path());
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first.modified > b.first.modified; });
    std::uint64_t sum = 0;
    for (const auto& [state, file] : all)
        if ((sum += state.size) > most) fs::remove(file, failed);
}

std::optional<fs::path> Lane::ended(const std::string& id, const std::string& name, const std::string& stamp) const {
    const auto kept = folder_ / "kept" / workFile(id, name).filename();
    if (stateOf(kept)) return kept;
    // Under the longer name only where the other was taken.
    for (const auto& last : {stamp + "-" + id.substr(0, 8) + "-" + name, stamp + "-" + name})
        for (const auto* place : {"failed", "done"})
            if (const auto file = folder_ / place / last; stateOf(file)) return file;
    return std::nullopt;
}

void Lane::takeAgain(const fs::path& file, const std::string& id, const std::string& name) const {
    std::error_code failed;
    fs::rename(file, workFile(id, name), failed);
    if (failed) refuse("The file can't be taken:", name, failed.value());
}

bool Lane::putBack(const fs::path& from, const std::string& name) const {
    const auto back = folder_ / name;
    if (::renameat2(AT_FDCWD, (folder_ / from).c_str(), AT_FDCWD, back.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno == EEXIST) return false;
    if (errno != EINVAL) refuse("The file can't be put back:", name, errno);
    std::error_code failed;  // a file system that can't promise it
    if (fs::exists(fs::symlink_status(back, failed))) return false;
    fs::rename(folder_ / from, back, failed);
    if (failed) refuse("The file can't be put back:", name, failed.value());
    return true;
}

void Lane::erase(const std::string& id, const std::string& name) const {
    std::error_code ignored;
    fs::remove(workFile(id, name), ignored);
}

std::unique_ptr<std::istream> openPlain(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) refuse("The file can't be read:", file.filename().string(), errno);
    struct stat facts {};
    if (::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        ::close(descriptor);
        throw SourceError(Kind::Format, fmt::format("'{}' is no plain file.", file.filename().string()),
                          "Put the file itself there, not a link to it.");
    }
    return std::make_unique<PlainFile>(descriptor);
}

std::optional<FileState> stateOf(const fs::path& file) {
    struct stat facts {};
    if (::lstat(file.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
    return FileState{static_cast<std::uint64_t>(facts.st_size),
                     static_cast<std::int64_t>(facts.st_mtim.tv_sec) * 1'000'000'000 + facts.st_mtim.tv_nsec};
}

bool isOpenForWriting(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) return false;
    // Who opens it while we hold the lease makes a signal for us: SIGURG is ignored, the default SIGIO would end us.
    const bool asked = ::fcntl(descriptor, F_SETSIG, SIGURG) == 0;
    const bool held = asked && ::fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0;
    const bool open = asked && !held && errno == EAGAIN;
    if (held) ::fcntl(descriptor, F_SETLEASE, F_UNLCK);
    ::close(descriptor);
    return open;
}

bool fits(const std::string& name, const std::string& pattern) {
    std::size_t n = 0, p = 0, star = std::string::npos, mark = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
            ++p;
            ++n;
        } else if (star != std::string::npos) {
            p = star + 1;
            n = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

}  // namespace host::connectors
