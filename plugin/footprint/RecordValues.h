#pragma once
/// Fills the values of placeholders from records: the one place where a name gets its meaning. Texts are views into the
/// records and into texts made once per element. Not thread-safe; one per flow and worker.

#include "host/sdk/Organizations.h"
#include "plugin/footprint/FlowIndex.h"
#include "plugin/footprint/JsonText.h"
#include "plugin/footprint/Profile.h"
#include "plugin/footprint/Values.h"

#include <map>
#include <string>
#include <unordered_map>

namespace plugin::footprint {

class RecordValues {
public:
    /// `methodist`: who the structure is sent as, by contour. The arguments must outlive it.
    RecordValues(const Profile& profile, const host::sdk::Organization& organization, const host::sdk::Project& project,
                 const FlowIndex& index, std::string methodist);
    RecordValues(const RecordValues&) = delete;
    RecordValues& operator=(const RecordValues&) = delete;

    Values& values() noexcept { return values_; }
    const Values& values() const noexcept { return values_; }

    /// The course, a block, module, theme or element, with everything it lies in.
    void enter(const StructurePlace& place);
    void statement(std::string_view id, host::sdk::Micros timestamp);
    void learner(std::string_view untiId, std::string_view leaderId) {
        values_.setText(Name::LearnerUntiId, untiId);
        values_.setText(Name::LearnerLeaderId, leaderId);
    }
    /// After enter() of the element.
    void result(const host::sdk::Result& result);
    void view(const host::sdk::View& view);
    void opening(const host::sdk::Opening& opening);
    /// After enter() of its module, or of the course. `marked`: it is sent although it looks wrong.
    void reflection(const host::sdk::Reflection& reflection, bool marked);
    /// A statement that is to be withdrawn. The texts must live until the next one.
    void sent(std::string_view statementId, std::string_view objectId);

private:
    struct Ids {
        std::string block, module, theme, parent, activity, assessment;
    };
    const Ids& idsOf(const StructurePlace& place);
    void element(const host::sdk::Element& element);
    void hours(Name hours, Name minutes, const std::optional<double>& value);

    const FlowIndex& index_;
    ZoneTime zone_;
    Values values_;
    std::string methodist_;
    std::string projectValue_;
    std::string projectJson_;   ///< escaped
    std::string homePageJson_;  ///< escaped
    std::string course_;        ///< activity id of the course; empty: none can be made
    std::unordered_map<const void*, Ids> ids_;
    const StructurePlace* current_ = nullptr;
};

/// (value − min) / (max − min), when max is over min.
std::optional<double> shareOf(std::optional<double> value, std::optional<double> min, std::optional<double> max);

}  // namespace plugin::footprint
