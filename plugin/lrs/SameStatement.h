#pragma once
/// Is what an LRS gives back the statement that it was told? Compared is what the LRS itself compares when the same id
/// comes again (id, actor, verb, object, context, result, attachments, timestamp); what it adds (stored, authority,
/// version) is its own. Pure; thread-safe.

#include <string>
#include <string_view>

namespace plugin::lrs {

struct Comparison {
    enum class Outcome {
        Same,
        Differs,      ///< `where`, `ours` and `theirs` tell the first difference
        NoStatement,  ///< an answer that is no statement with our id: it says nothing
    } outcome = Outcome::NoStatement;
    std::string where;   ///< JSON pointer
    std::string ours;    ///< what was told there, cut to what is around the difference; empty: nothing was
    std::string theirs;  ///< what is there now
};

/// Member order, the form of a number, the case of the id, a time's form and an objectType that goes without saying are
/// no difference.
Comparison compareStatements(std::string_view ours, std::string_view theirs);

}  // namespace plugin::lrs
