#pragma once
/// Names of the records above: of learners, flows, and of elements, themes and modules of structures.

#include "common/NameFold.h"
#include "host/sdk/RecordNames.h"
#include "tests/support/fakes/FakeRecords.h"

#include <span>
#include <string>
#include <vector>

namespace tests {

class FakeRecordNames : public host::sdk::RecordNames {
public:
    explicit FakeRecordNames(const FakeRecords& records) : records_(records) {}
    std::vector<host::sdk::RecordNamesOf> names(const std::string&,
                                                std::span<const host::sdk::RecordMention> mentions) override {
        ++asked_;
        std::vector<host::sdk::RecordNamesOf> out;
        for (const auto& mention : mentions) out.push_back(namesOf(mention));
        return out;
    }
    std::vector<host::sdk::RecordId> learnersLike(const std::string&, const std::string& part,
                                                  host::sdk::RecordId afterId, std::size_t limit) override {
        std::vector<host::sdk::RecordId> out;
        for (const auto& l : records_.learners_) {
            const auto line = common::foldName(nameOf(l) + ' ' + l.externalId + ' ' + l.untiId);
            if (l.id > afterId && out.size() < limit && line.find(common::foldName(part)) != std::string::npos)
                out.push_back(l.id);
        }
        return out;
    }
    int asked_ = 0;  ///< pages of names

private:
    static std::string nameOf(const host::sdk::Learner& l) {
        std::string name = l.lastName;
        for (const auto& part : {l.firstName, l.middleName})
            if (!part.empty()) name += (name.empty() ? "" : " ") + part;
        return name;
    }
    template <class T>
    static host::sdk::RecordId elementIn(const std::vector<T>& all, host::sdk::RecordId id) {
        for (const auto& one : all)
            if (one.id == id) return one.elementId;
        return 0;
    }
    host::sdk::RecordNamesOf namesOf(const host::sdk::RecordMention& mention) const {
        host::sdk::RecordNamesOf names;
        for (const auto& l : records_.learners_)
            if (l.id == mention.learnerId) names.learner = nameOf(l), names.learnerExternalId = l.externalId;
        for (const auto& f : records_.flows_)
            if (f.id == mention.flowId) names.flow = f.title;
        host::sdk::RecordId element = mention.kind == "element" ? mention.id : 0, module = 0;
        if (mention.kind == "result") element = elementIn(records_.results_, mention.id);
        if (mention.kind == "view") element = elementIn(records_.views_, mention.id);
        if (mention.kind == "opening") element = elementIn(records_.openings_, mention.id);
        if (mention.kind == "module") module = mention.id;
        for (const auto& structure : records_.structures_) {
            if (structure.flow.id != mention.flowId) continue;
            if (names.flow.empty()) names.flow = structure.flow.title;
            for (const auto& e : structure.elements)
                if (e.id == element) names.element = e.title, module = e.moduleId.value_or(module);
            for (const auto& m : structure.modules)
                if (m.id == module) names.module = m.title;
        }
        return names;
    }
    const FakeRecords& records_;
};

}  // namespace tests
