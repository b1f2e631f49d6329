#pragma once
/// What the wizard must know of a project. Made from the project's profile at the edge, so that the wizard depends on
/// no profile format. A value; immutable in use.

#include <string>
#include <vector>

namespace plugin::integration {

enum class S3Requirement { Required, Optional, None };

inline const char* toString(S3Requirement r) {
    return r == S3Requirement::Required ? "required" : r == S3Requirement::Optional ? "optional" : "none";
}

struct ProjectFacts {
    std::string project;  ///< id: "bas"
    std::string title;    ///< as letters name it: «Кадры для БАС»
    std::string profile;  ///< name of the profile it uses

    std::string testEndpoint;        ///< «https://api.u2035test.ru/lrs-external/data/xAPI/»
    std::string productionEndpoint;  ///< empty: it stands in the letter and a person types it
    S3Requirement s3 = S3Requirement::Optional;

    std::string guidPointer = "/errorId";  ///< JSON pointer into the answer to the check's POST
    bool guidInProductionLetter = false;   ///< the production letter has a line for the guid

    /// Who may take part. Empty flag: everybody. Otherwise the flag of the organisation's edit page, offered on these
    /// tariffs only.
    std::string participationFlag;
    std::string participationTitle;  ///< «Участник проекта Кадры для БАС»
    std::vector<std::string> participationTariffs;

    std::string defaultChannel = "lrs";  ///< of a flow for which nobody chose: "lrs" | "tables"

    std::string mailTo = "apps@2035.university";
};

}  // namespace plugin::integration
