#pragma once
/// A demonstration organization's records: one programme for drone operators, one flow, people with made-up Russian
/// names, their results, views, reflections, works and practice diaries, a lecture's video. The same seed gives the
/// same bytes on every machine. Ids of people lie in ranges of the generator's own and belong to nobody.
///
/// Some learners are honest defects (no unti_id, a mark that is missing, a work still under review, a final work
/// without its file), so that the list of what can't be sent has something on it.

#include <cstddef>
#include <cstdint>
#include <string>

namespace host::sources {

/// A learner's work or the programme's material, for POST …/records/files.
struct DemoFile {
    std::string externalId;
    const char* owner = "result";  ///< "result" or "element"
    std::string ownerExternalId;
    std::string name;
    std::string bytes;
};

/// Receives the data in the order in which it must be sent.
class DemoSink {
public:
    virtual ~DemoSink() = default;
    virtual void batch(const std::string& json) = 0;  ///< body of POST …/records
    virtual void file(const DemoFile& file) = 0;
};

struct DemoSummary {
    std::size_t learners = 0;
    std::size_t results = 0;
    std::size_t views = 0;
    std::size_t openings = 0;
    std::size_t reflections = 0;
    std::size_t files = 0;
    /// Statements at most: one for each result, view, opening and reflection, and one for each part of the structure.
    std::size_t statementsAtMost = 0;
};

class DemoData {
public:
    static constexpr const char* kSource = "demo";
    static constexpr const char* kProject = "bas";
    static constexpr std::size_t kLearners = 200;

    static DemoSummary generate(std::uint64_t seed, DemoSink& sink);
};

}  // namespace host::sources
