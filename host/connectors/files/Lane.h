#pragma once
/// The folder of one route's files, and the moves of a file through it: it lies in the folder, is taken into "work"
/// under a name that holds its arrival's id, and ends in "done" or "failed" with a report beside it; an upload
/// ends in "kept" when it may be read again. Every move is one
/// rename within the folder's disk, so a file is in one place at any instant. Links are never followed. Functions throw
/// SourceError (Rights, NotThere, Interrupted). Not thread-safe.

#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace host::connectors {

struct FileState {
    std::uint64_t size = 0;
    std::int64_t modified = 0;  ///< nanoseconds
    friend bool operator==(const FileState&, const FileState&) = default;
};

class Lane {
public:
    explicit Lane(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Makes what is missing of work, done and failed.
    void prepare(bool endsHere) const;

    struct Candidate {
        std::string name;
        FileState state;
    };
    /// Files that fit the pattern and are not on their way yet (hidden, .tmp, .part and the like), oldest first.
    std::vector<Candidate> candidates(const std::string& pattern) const;

    /// Into "work".
    void take(const std::string& name, const std::string& id) const;

    struct Taken {
        std::string id;
        std::string name;
    };
    /// What lies in "work".
    std::vector<Taken> taken() const;
    std::filesystem::path workFile(const std::string& id, const std::string& name) const;

    /// Out of "work", under a name of its own; returns it. `report` and, when it is there, the file `log` beside it.
    std::string end(const std::string& id, const std::string& name, bool good, const std::string& stamp,
                    const std::string& report, const std::filesystem::path& log) const;
    /// Out of "work" into "kept", where no one looks but who repeats it. Of what lies there the newest stay that
    /// together are no larger than `most`.
    void keep(const std::string& id, const std::string& name, std::uint64_t most) const;
    /// Where a file that has ended or is kept lies; nullopt: it is gone.
    std::optional<std::filesystem::path> ended(const std::string& id, const std::string& name,
                                               const std::string& stamp) const;
    /// Back into "work", as another arrival's.
    void takeAgain(const std::filesystem::path& file, const std::string& id, const std::string& name) const;
    /// Back into the folder: it was not whole, or has grown since. `from` is a path below the folder. False when there
    /// is another file of that name already.
    bool putBack(const std::filesystem::path& from, const std::string& name) const;
    /// Out of "work" for good.
    void erase(const std::string& id, const std::string& name) const;

    const std::filesystem::path& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

/// A plain file; links, devices and pipes are refused.
std::unique_ptr<std::istream> openPlain(const std::filesystem::path& file);
/// nullopt when it is not there or no plain file.
std::optional<FileState> stateOf(const std::filesystem::path& file);

/// Somebody has the file open to write into it, as far as its file system can tell: a lease (fcntl F_SETLEASE) is
/// refused then. False where there are no leases (NFS, SMB) or the file is another user's and the server has not
/// CAP_LEASE.
bool isOpenForWriting(const std::filesystem::path& file);

/// '*' and '?'.
bool fits(const std::string& name, const std::string& pattern);

}  // namespace host::connectors
