#include "plugin/delivery/SentObject.h"

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

namespace plugin::delivery {

std::string sentObject(store::OutboxStore& outbox, const std::string& storeId, const std::string& statementId) {
    static const rapidjson::Pointer kType("/object/objectType"), kId("/object/id");
    std::string wanted = statementId;
    // A reference leads to a statement of the methodist, which is about an activity.
    for (int step = 0; step < 2 && !wanted.empty(); ++step) {
        rapidjson::Document statement;
        statement.Parse(outbox.bytesOf(storeId, wanted).c_str());
        if (statement.HasParseError()) return {};
        const auto* type = kType.Get(statement);
        const auto* id = kId.Get(statement);
        if (type == nullptr || !type->IsString() || id == nullptr || !id->IsString()) return {};
        if (std::string_view(type->GetString()) != "StatementRef") return id->GetString();
        wanted = id->GetString();
    }
    return {};
}

}  // namespace plugin::delivery
