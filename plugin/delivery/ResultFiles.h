#pragma once
/// Which files a flow wants in the storage, and where they lie there: learners' works page by page, the programme's
/// materials and the letters of cancellations. Keeps nothing from page to page. Not thread-safe; one per flow and pass.
/// Refers to what it is made from.

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
    host::sdk::RecordId learnerId = 0;  ///< 0: the programme's own, or a letter
    std::string kind;                   ///< of the element: "final-work"; or "letter"
    std::string key;                    ///< in the storage; empty: it can't have one
    std::string problem;                ///< why; Russian, for a reason's detail
};

class ResultFiles {
public:
    ResultFiles(const NightParts& parts, const Night& night, const ProjectNight& project,
                const host::sdk::FlowStructure& structure, std::span<const host::sdk::Learner> learners);

    /// Of final results of learners who can be told about, and of element kinds whose statement names files; results
    /// whose statement this store has been told are left out. What else stops a statement has its own reason.
    std::vector<ResultFile> of(std::span<const host::sdk::Result> page);
    /// Materials of elements whose statement, or whose learners' statements, name them; and letters of the project's
    /// cancellations still to come.
    std::vector<ResultFile> ofProgramme();

private:
    bool wantsFiles(const host::sdk::Result& result);
    /// Reads the files of these ids, those deleted left out; each gets its key, or says why it can't have one.
    template <class Describe>
    std::vector<ResultFile> described(const std::vector<host::sdk::RecordId>& ids, const Describe& describe);

    const NightParts& parts_;
    const std::string& organization_;
    const std::string& project_;
    const host::sdk::FlowStructure& structure_;
    const host::sdk::Flow& flow_;
    const footprint::Profile& profile_;
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

    /// Before the structure is planned: what stays known for the whole flow.
    void loadProgramme();
    void load(std::span<const host::sdk::Result> page);
    /// Without an address while it isn't placed; nullptr: nobody wants it, or it is gone.
    const footprint::PlacedFile* find(host::sdk::RecordId fileId) const;
    /// Empty when nothing is known of the file.
    std::string problemOf(host::sdk::RecordId fileId) const;

private:
    const NightParts& parts_;
    const Night& night_;
    const ProjectNight& project_;
    ResultFiles files_;
    struct Known {
        footprint::PlacedFile file;
        std::string problem;
    };
    using Files = std::map<host::sdk::RecordId, Known>;
    void lookUp(std::vector<ResultFile> files, Files& out) const;
    const Known* knownOf(host::sdk::RecordId fileId) const;
    Files programme_, page_;
};

}  // namespace plugin::delivery
