#pragma once
/// Records given by the test; the pages come in pieces of `pageSize_`.

#include "host/sdk/Records.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tests {

class FakeRecords : public host::sdk::Records {
public:
    std::vector<host::sdk::Programme> programmes(const std::string&, const std::string& project) override {
        std::vector<host::sdk::Programme> out;
        for (const auto& p : programmes_)
            if (!p.deleted && (project.empty() || p.project == project)) out.push_back(p);
        return out;
    }
    std::vector<host::sdk::Flow> flows(const std::string&, host::sdk::RecordId programmeId) override {
        std::vector<host::sdk::Flow> out;
        for (const auto& f : flows_)
            if (!f.deleted && f.programmeId == programmeId) out.push_back(f);
        return out;
    }
    std::optional<host::sdk::FlowStructure> structure(const std::string&, host::sdk::RecordId flowId) override {
        for (const auto& s : structures_)
            if (s.flow.id == flowId) return s;
        return std::nullopt;
    }
    std::vector<host::sdk::Learner> learners(const std::string&, host::sdk::RecordId flowId) override {
        std::vector<host::sdk::Learner> out;
        for (const auto& l : learners_)
            for (const auto& e : enrollments_)
                if (e.learnerId == l.id && e.flowId == flowId && !e.deleted) out.push_back(l);
        return out;
    }
    std::vector<host::sdk::Enrollment> enrollments(const std::string&, host::sdk::RecordId flowId) override {
        std::vector<host::sdk::Enrollment> out;
        for (const auto& e : enrollments_)
            if (e.flowId == flowId) out.push_back(e);
        return out;
    }
    std::optional<host::sdk::Learner> learner(const std::string&, host::sdk::RecordId learnerId) override {
        for (const auto& l : learners_)
            if (l.id == learnerId) return l;
        return std::nullopt;
    }
    void results(const std::string&, host::sdk::RecordId flowId, host::sdk::RecordId afterId,
                 const std::function<bool(std::span<const host::sdk::Result>)>& page) override {
        pages(results_, flowId, afterId, page);
    }
    void views(const std::string&, host::sdk::RecordId flowId, host::sdk::RecordId afterId,
               const std::function<bool(std::span<const host::sdk::View>)>& page) override {
        pages(views_, flowId, afterId, page);
    }
    void openings(const std::string&, host::sdk::RecordId flowId, host::sdk::RecordId afterId,
                  const std::function<bool(std::span<const host::sdk::Opening>)>& page) override {
        pages(openings_, flowId, afterId, page);
    }
    void reflections(const std::string&, host::sdk::RecordId flowId, host::sdk::RecordId afterId,
                     const std::function<bool(std::span<const host::sdk::Reflection>)>& page) override {
        pages(reflections_, flowId, afterId, page);
    }
    std::vector<host::sdk::File> files(const std::string&, const std::vector<host::sdk::RecordId>& ids) override {
        std::vector<host::sdk::File> out;
        for (const auto& f : files_)
            if (std::find(ids.begin(), ids.end(), f.id) != ids.end()) out.push_back(f);
        return out;
    }
    /// A person's replaces what the learner has; taking it back leaves none. What sources say later is the real
    /// store's.
    std::vector<host::sdk::UntiIdOutcome> assignUntiIds(const std::string&,
                                                        std::span<const host::sdk::UntiIdAssignment> assignments,
                                                        const std::string& who) override {
        using enum host::sdk::UntiIdVerdict;
        std::vector<host::sdk::UntiIdOutcome> out;
        for (const auto& wanted : assignments) {
            auto member = wanted.test ? &host::sdk::Learner::testUntiId : &host::sdk::Learner::untiId;
            host::sdk::Learner* learner = nullptr;
            host::sdk::RecordId other = 0;
            for (auto& l : learners_) {
                if (l.deleted) continue;
                if (l.id == wanted.learnerId)
                    learner = &l;
                else if (!wanted.untiId.empty() && l.*member == wanted.untiId)
                    other = l.id;
            }
            if (learner == nullptr) {
                out.push_back({NoLearner, 0});
            } else if (!wanted.untiId.empty() && learner->*member == wanted.untiId) {
                out.push_back({Same, 0});
            } else if (learner->*member != wanted.current) {
                out.push_back({Changed, 0});
            } else if (other != 0) {
                out.push_back({Taken, other});
            } else {
                learner->*member = wanted.untiId;
                ++learner->revision;
                std::erase_if(assigned_,
                              [&](const auto& a) { return a.learnerId == learner->id && a.test == wanted.test; });
                if (!wanted.untiId.empty())
                    assigned_.push_back({learner->id, wanted.test, wanted.untiId, wanted.untiId, who, 0});
                out.push_back({wanted.untiId.empty() ? TakenBack : Assigned, 0});
            }
        }
        return out;
    }
    std::vector<host::sdk::AssignedUntiId> assignedUntiIds(const std::string&) override { return assigned_; }
    /// Nothing is written: whoever asks wants the real store.
    std::vector<host::sdk::ConfirmOutcome> confirm(const std::string&,
                                                   std::span<const host::sdk::Confirmation> confirmations,
                                                   const std::string&) override {
        return std::vector<host::sdk::ConfirmOutcome>(confirmations.size());
    }
    std::vector<host::sdk::ConfirmedValue> confirmed(const std::string&) override { return {}; }

    std::vector<host::sdk::AssignedUntiId> assigned_;
    std::vector<host::sdk::Programme> programmes_;
    std::vector<host::sdk::Flow> flows_;
    std::vector<host::sdk::FlowStructure> structures_;
    std::vector<host::sdk::Learner> learners_;
    std::vector<host::sdk::Enrollment> enrollments_;
    std::vector<host::sdk::Result> results_;  ///< in order of id, like the others below
    std::vector<host::sdk::View> views_;
    std::vector<host::sdk::Opening> openings_;
    std::vector<host::sdk::Reflection> reflections_;
    std::vector<host::sdk::File> files_;
    std::size_t pageSize_ = 1000;

private:
    template <class T>
    void pages(const std::vector<T>& all, host::sdk::RecordId flowId, host::sdk::RecordId afterId,
               const std::function<bool(std::span<const T>)>& page) const {
        std::vector<T> piece;
        for (const auto& one : all) {
            if (one.flowId != flowId || one.id <= afterId) continue;
            piece.push_back(one);
            if (piece.size() < pageSize_) continue;
            if (!page(piece)) return;
            piece.clear();
        }
        if (!piece.empty()) page(piece);
    }
};

}  // namespace tests
