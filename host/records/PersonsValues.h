#pragma once
/// A value that a person gave beside the source's. The record shows one of the two: the source's, unless it gives none
/// or repeats what the person replaced. What is common to unti_ids (UntiIds.cpp) and confirmed values
/// (ConfirmedValues.cpp); functions of this folder, in the writer's transaction.

#include "host/sdk/Clock.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace host::records {

/// Where such a value stands: in a column of the records' table, and in the table of what people gave.
struct PersonsPlace {
    std::string records, column;
    bool number = false;  ///< kept as text, written back as a number

    std::string kept;                                    ///< table
    std::string id, value, source, replaced, who, when;  ///< its columns
    std::pair<std::string, int> which;                   ///< what tells the places of one table apart: column and value

    std::string is() const;  ///< the condition of `which`
    std::string asText(const std::string& column) const;
    std::string asOwn(const std::string& text) const;
};

/// In the order of the SDK's verdicts on unti_ids and confirmed values.
enum class PersonsVerdict { Written, TakenBack, Same, NoRecord, Changed, Taken };

/// Writes one value after the other.
class PersonsWriter {
public:
    PersonsWriter(Poco::Data::Session& session, std::string organization, std::string who, sdk::Micros moment)
        : session_(session), organization_(std::move(organization)), who_(std::move(who)), moment_(moment) {}

    /// `value` empty: takes the person's back. Only where the record shows `current`. With Taken the record that has
    /// the value, else 0.
    std::pair<PersonsVerdict, std::int64_t> write(const PersonsPlace& place, std::int64_t id, const std::string& value,
                                                  const std::string& current);

private:
    std::optional<std::string> shown(const PersonsPlace& place, std::int64_t id);
    std::int64_t holder(const PersonsPlace& place, std::int64_t id, std::string value);

    Poco::Data::Session& session_;
    std::string organization_;
    std::string who_;
    sdk::Micros moment_;
};

/// After records were overwritten with what their source says: notes that, and shows the person's value where it
/// stands. A person's that another live record has meanwhile is not shown again. `places` are of one table.
void keepPersonsValues(Poco::Data::Session& session, std::string organization, std::span<const PersonsPlace> places,
                       const std::vector<std::int64_t>& ids);

}  // namespace host::records
