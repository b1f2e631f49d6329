#pragma once
/// Which files a page of results wants in the storage, and where they lie there. Keeps nothing from page to page. Not
/// thread-safe; one per flow and pass. Refers to what it is made from.

#include "plugin/delivery/Night.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace plugin::delivery {

/// A file that a statement is going to name.
struct ResultFile {
    host::sdk::File file;
    host::sdk::RecordId learnerId = 0;
    host::sdk::ElementKind kind = host::sdk::ElementKind::FinalWork;
    std::string key;      ///< in the storage; empty: it can't have one
    std::string problem;  ///< why; Russian, for a reason's detail
};

class ResultFiles {
public:
    ResultFiles(const NightParts& parts, const Night& night, const ProjectNight& project,
                const host::sdk::FlowStructure& structure, std::span<const host::sdk::Learner> learners);

    /// Of final results of learners who can be told about, and of element kinds whose statement names files; results
    /// whose statement this store has been told are left out. What else stops a statement has its own reason.
    std::vector<ResultFile> of(std::span<const host::sdk::Result> page);

private:
    bool wantsFiles(const host::sdk::Result& result);

    const NightParts& parts_;
    const std::string& organization_;
    const std::string& project_;
    const host::sdk::Flow& flow_;
    std::unordered_map<host::sdk::RecordId, host::sdk::ElementKind> kinds_;  ///< element → kind, where files are named
    std::unordered_map<host::sdk::RecordId, std::string> people_;            ///< learner → unti_id
    std::vector<std::string> statements_;                                    ///< statement kinds that name files
    store::KnownRecords known_;
};

/// The page's files that are proved to be in the storage, and why others aren't: what the planner asks for. A dry run
/// takes for placed what a night would place.
class PlacedFiles {
public:
    PlacedFiles(const NightParts& parts, const Night& night, const ProjectNight& project,
                const host::sdk::FlowStructure& structure, std::span<const host::sdk::Learner> learners)
        : parts_(parts), night_(night), project_(project), files_(parts, night, project, structure, learners) {}

    void load(std::span<const host::sdk::Result> page);
    const footprint::PlacedFile* find(host::sdk::RecordId fileId) const;
    /// Empty when nothing is known of the file.
    std::string problemOf(host::sdk::RecordId fileId) const;

private:
    const NightParts& parts_;
    const Night& night_;
    const ProjectNight& project_;
    ResultFiles files_;
    std::map<host::sdk::RecordId, footprint::PlacedFile> placed_;
    std::map<host::sdk::RecordId, std::string> problems_;
};

}  // namespace plugin::delivery
