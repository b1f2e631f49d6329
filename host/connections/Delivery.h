#pragma once
/// What is brought to a route instead of being asked for: a body that another system sends, a file. The kinds that are
/// brought to read bytes; who brings them, and what becomes of them afterwards, is the business of the room that took
/// them in.

#include "host/connections/KindFacts.h"
#include "host/connections/RunStore.h"
#include "host/sdk/Sources.h"
#include "host/sources/RowReader.h"

#include <functional>
#include <istream>
#include <memory>
#include <string>

namespace host::connections {

struct Delivery {
    /// The rows. \throws SourceError
    std::function<std::unique_ptr<sdk::SourceReader>(const sdk::SourceRequest&)> open;
    /// It says nothing of records that are not in it: deletions are not followed.
    bool isPart = false;
    /// A row that is refused refuses all.
    bool allOrNothing = false;
    /// Who brings it tells an alarm of its own when the run fails.
    bool isTold = false;
    /// Told of every refused row, besides the log; may be empty.
    std::function<void(const sources::RowError&)> onError;
    /// Told last, when the run stands in the history; must not throw; may be empty.
    std::function<void(const Run&)> ended;
};

/// A kind of source whose routes are brought to. Thread-safe.
class BroughtKind : public sdk::SourceKind, public TellsFacts {
public:
    /// The rows of what was brought. `contentType` may be empty. \throws SourceError
    virtual std::unique_ptr<sdk::SourceReader> read(const sdk::SourceRequest& request,
                                                    std::unique_ptr<std::istream> bytes,
                                                    const std::string& contentType) const = 0;
    /// Whether what is brought to a route with that prefix can be taken in; `request` is the connection's. \throws
    /// SourceError
    virtual void checkRoute(const sdk::SourceRequest& /*request*/, const std::string& /*prefix*/) const {}
    /// Whether what is brought is all there is, so that deletions may be followed.
    virtual bool isWhole() const = 0;
};

}  // namespace host::connections
