#pragma once
/// Moodle's database of ../shared/data on a server of the test's own: the whole of it on PostgreSQL, the tables that
/// the sets read on MariaDB. Speaks to it as its administrator; the source under test has its own connection.

#include "tests/support/Peer.h"

#include <memory>
#include <string>

namespace tests {

class MoodleServer {
public:
    virtual ~MoodleServer() = default;

    const Peer& peer() const { return peer_; }
    const std::string& driver() const { return driver_; }
    /// A database of its own with Moodle's data in it; its name.
    virtual std::string newDatabase() = 0;
    /// Throws what the database says.
    virtual void execute(const std::string& database, const std::string& sql) = 0;
    virtual std::string text(const std::string& database, const std::string& sql) = 0;

    /// \param driver "postgresql" or "mysql"; loads the data, which takes seconds to a minute
    static std::unique_ptr<MoodleServer> start(const std::string& driver);

protected:
    MoodleServer(std::string driver, const std::string& peer) : peer_(peer), driver_(std::move(driver)) {}

private:
    Peer peer_;
    std::string driver_;
};

}  // namespace tests
