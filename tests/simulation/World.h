#pragma once
/// The world around the engine: organizations with their programmes and learners, what a source changes between nights,
/// what administrators do to integrations, and University 2035's servers. It is the truth: the oracle computes from it
/// what must have been told, and never from the product's tables.

#include "plugin/footprint/Profile.h"
#include "plugin/store/Integrations.h"
#include "tests/simulation/Fate.h"
#include "tests/simulation/LearningLocker.h"
#include "tests/support/FakeClock.h"
#include "tests/support/FakeHost.h"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace tests::simulation {

using host::sdk::Micros;
using host::sdk::RecordId;

inline constexpr Micros kMinute = 60'000'000;
inline const std::vector<std::string> kHosts = {"lrs-a.example.org", "lrs-b.example.org"};  ///< with an LRS each

/// What a record was to be told as, for as long as it stood so; empty: nothing.
struct Version {
    std::string text;  ///< "unti_id|facts"
    int from = 0;      ///< step of the run
    int to = 0;        ///< inclusive
};

/// One learner's record. Its time is its own among all records of the world, which is how the oracle knows it again.
struct TrueRecord {
    std::string kind;  ///< "result", "view", "opening"
    RecordId id = 0;
    std::size_t index = 0;  ///< in the organization's FakeRecords
    bool valid = true;      ///< nothing in it contradicts itself, and the programme has a place for it
    std::vector<Version> versions;
};

/// Where an integration's statements go.
struct Binding {
    std::string storeId;  ///< the product's name of the store
    std::string host;
    std::string key;       ///< base64 of the credential
    std::string lrsStore;  ///< the store's name at the LRS
};

struct TrueOrganization {
    host::sdk::Organization organization;
    host::sdk::Project project;
    bool resends = false;  ///< the profile cancels and tells anew; else a change is held
    FakeRecords records;
    std::deque<TrueRecord> truth;
    std::map<RecordId, std::set<std::string>> titles;  ///< every title an element has had
    bool connected = false;
    bool keyExpired = false;
    Binding binding;
    std::vector<Binding> earlier;  ///< stores it was bound to before
    plugin::store::Scope scope;

    RecordId base = 0;  ///< added to every id of the sample
    bool goes(RecordId flow) const;
    host::sdk::Learner& learner(RecordId id);
};

class World : public plugin::store::Integrations {
public:
    static constexpr RecordId kNowhere = 7'777;  ///< an element that no programme has

    /// `count` 0: one to three organizations, as the seed says.
    World(Fate& fate, FakeClock& clock, Story& story, int count = 0);

    /// What people and sources do between two nights.
    void live(bool manyChanges);
    /// A new record of one of its learners.
    void addRecord(TrueOrganization& org);
    /// A store of its own at the host, with a key of its own.
    void bind(TrueOrganization& org, const std::string& host);
    void expireKey(TrueOrganization& org);
    void replaceKey(TrueOrganization& org);
    void loseHost(const std::string& host, Micros until);

    /// The end of all trouble: keys are good, servers answer, integrations are active, refused content is mended.
    void heal(bool mendPoison);
    /// Writes down what each record is to be told as, before the night of this step.
    void remember(int step);

    /// What the record is to be told as now; empty: nothing.
    std::string current(TrueOrganization& org, const TrueRecord& record);
    /// True when nothing of the record waits for its source: it is graded, or watched to its mark.
    static bool isFinal(const TrueOrganization& org, const TrueRecord& record);
    static host::sdk::RecordHead& head(TrueOrganization& org, const TrueRecord& record);
    /// The element's title is refused by the LRS.
    static bool isElementPoisoned(const TrueOrganization& org, RecordId element);
    RecordId elementOf(const TrueOrganization& org, const TrueRecord& record) const;
    RecordId learnerOf(const TrueOrganization& org, const TrueRecord& record) const;
    RecordId flowOf(const TrueOrganization& org, const TrueRecord& record) const;

    /// nullptr: no record has this time.
    struct Found {
        TrueOrganization* organization = nullptr;
        TrueRecord* record = nullptr;
    };
    Found byTime(Micros at);
    TrueOrganization* byLrsStore(const std::string& store);
    bool isUnreachable(const std::string& host) const;

    // plugin::store::Integrations
    std::vector<plugin::store::Destination> active(const std::string& organization) override;
    bool isStillActive(const std::string& organization, const std::string& project,
                       const std::string& storeId) override;
    plugin::store::Scope scope(const std::string& organization, const std::string& project) override;

    std::deque<TrueOrganization> organizations;
    std::vector<host::sdk::Project> projects;
    LearningLocker locker;
    std::function<bool()> disconnectsNow = [] { return false; };  ///< asked in the middle of a night

private:
    void found(int number);
    void addLearner(TrueOrganization& org);
    void changeRecord(TrueOrganization& org);
    void changeLearner(TrueOrganization& org);
    void changeTitle(TrueOrganization& org, bool poison);
    void administer(TrueOrganization& org);
    void disturb();
    TrueOrganization& named(const std::string& id);
    std::string key();

    Fate& fate_;
    FakeClock& clock_;
    Story& story_;
    RecordId lastRecord_ = 1'000'000;
    RecordId lastLearner_ = 500'000;
    int lastKey_ = 0;
    int lastStore_ = 0;
    std::map<Micros, std::pair<std::size_t, std::size_t>> times_;  ///< → organization, record
    std::map<std::string, Micros> outages_;                        ///< host → when it ends
};

/// The records of all organizations behind one service, as the host gives them.
class WorldRecords : public host::sdk::Records {
public:
    explicit WorldRecords(World& world) : world_(world) {}

    std::vector<host::sdk::Programme> programmes(const std::string& o, const std::string& project) override {
        return of(o).programmes(o, project);
    }
    std::vector<host::sdk::Flow> flows(const std::string& o, RecordId programme) override {
        return of(o).flows(o, programme);
    }
    std::optional<host::sdk::FlowStructure> structure(const std::string& o, RecordId flow) override {
        return of(o).structure(o, flow);
    }
    std::vector<host::sdk::Learner> learners(const std::string& o, RecordId flow) override {
        return of(o).learners(o, flow);
    }
    std::vector<host::sdk::Enrollment> enrollments(const std::string& o, RecordId flow) override {
        return of(o).enrollments(o, flow);
    }
    std::optional<host::sdk::Learner> learner(const std::string& o, RecordId id) override {
        return of(o).learner(o, id);
    }
    void results(const std::string& o, RecordId flow, RecordId after,
                 const std::function<bool(std::span<const host::sdk::Result>)>& page) override {
        of(o).results(o, flow, after, page);
    }
    void views(const std::string& o, RecordId flow, RecordId after,
               const std::function<bool(std::span<const host::sdk::View>)>& page) override {
        of(o).views(o, flow, after, page);
    }
    void openings(const std::string& o, RecordId flow, RecordId after,
                  const std::function<bool(std::span<const host::sdk::Opening>)>& page) override {
        of(o).openings(o, flow, after, page);
    }
    void reflections(const std::string& o, RecordId flow, RecordId after,
                     const std::function<bool(std::span<const host::sdk::Reflection>)>& page) override {
        of(o).reflections(o, flow, after, page);
    }
    std::vector<host::sdk::File> files(const std::string& o, const std::vector<RecordId>& ids) override {
        return of(o).files(o, ids);
    }
    std::vector<host::sdk::UntiIdOutcome> assignUntiIds(const std::string& o,
                                                        std::span<const host::sdk::UntiIdAssignment> assignments,
                                                        const std::string& who) override {
        return of(o).assignUntiIds(o, assignments, who);
    }
    std::vector<host::sdk::AssignedUntiId> assignedUntiIds(const std::string& o) override {
        return of(o).assignedUntiIds(o);
    }
    std::vector<host::sdk::ConfirmOutcome> confirm(const std::string& o,
                                                   std::span<const host::sdk::Confirmation> confirmations,
                                                   const std::string& who) override {
        return of(o).confirm(o, confirmations, who);
    }
    std::vector<host::sdk::ConfirmedValue> confirmed(const std::string& o) override { return of(o).confirmed(o); }

private:
    FakeRecords& of(const std::string& organization) {
        for (auto& org : world_.organizations)
            if (org.organization.id == organization) return org.records;
        return none_;
    }
    World& world_;
    FakeRecords none_;
};

}  // namespace tests::simulation
