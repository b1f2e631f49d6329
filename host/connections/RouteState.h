#pragma once
/// What a route remembers between its runs: how far it has read, which records it has brought, whose bytes it has.
/// Helpers of RouteRun, each within one session.

#include "host/records/RecordSchema.h"

#include <Poco/Data/Session.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::connections {

struct RouteMemory {
    std::int64_t epoch = 0;       ///< grows when the route is changed
    std::int64_t generation = 0;  ///< of this run
    std::optional<std::string> watermark;
    std::optional<std::string> nextWatermark;  ///< how far a run came that could not prove to have seen everything
    std::int64_t completeGeneration = 0;       ///< of the latest full run that read to the end; 0: none yet
};

struct KnownFile {
    std::string externalId;
    std::string reference;
    std::string contentType;
    std::int64_t size = 0;
    std::string sha256;
};

class RouteState {
public:
    RouteState(Poco::Data::Session& session, std::int64_t routeId) : session_(session), routeId_(routeId) {}

    /// For a new route.
    void create();
    /// The route was changed: runs that go on write nothing more; `again`: everything is read anew.
    void change(bool again);
    void erase();

    /// Counts a run; nullopt when the route is gone.
    std::optional<RouteMemory> begin();
    /// False when the route is gone or was changed since `memory`.
    bool isCurrent(const RouteMemory& memory);
    /// What waited to become it is gone.
    void saveWatermark(const std::string& watermark);
    void saveNextWatermark(const std::string& watermark);
    void saveComplete(std::int64_t generation);

    /// Records of this run: brought by the route from now on.
    void addBrought(records::RecordKind kind, const std::vector<std::int64_t>& ids, std::int64_t generation);
    /// Still in the source; those that the route has not brought stay nobody's.
    void touchBrought(records::RecordKind kind, const std::vector<std::int64_t>& ids, std::int64_t generation);
    std::int64_t countBrought(records::RecordKind kind);
    std::int64_t countUnseen(records::RecordKind kind, std::int64_t generation);
    /// Records that no run since that one has seen, in order of id.
    std::vector<std::int64_t> unseen(records::RecordKind kind, std::int64_t generation, std::size_t limit);
    /// Of these, those that another route of the same organization has brought as well.
    std::vector<std::int64_t> alsoOfOthers(records::RecordKind kind, const std::vector<std::int64_t>& ids);
    void forgetBrought(records::RecordKind kind, const std::vector<std::int64_t>& ids);
    /// Of these external ids, those whose records this run has brought already.
    std::vector<std::string> seenAlready(const std::string& organization, const std::string& source,
                                         records::RecordKind kind, const std::vector<std::string>& externalIds,
                                         std::int64_t generation);
    /// Ids of the records that these external ids name, deleted ones included.
    std::vector<std::int64_t> idsOf(const std::string& organization, const std::string& source,
                                    records::RecordKind kind, const std::vector<std::string>& externalIds);

    std::optional<KnownFile> file(const std::string& externalId);
    void saveFiles(const std::vector<KnownFile>& files);

private:
    Poco::Data::Session& session_;
    std::int64_t routeId_;
};

}  // namespace host::connections
