import QtQuick
import Marea
import Marea.App

// The people of the household; owners change who is there and what each may.
Column {
    id: section
    required property AppContext app
    property string query: ""
    property bool narrow: false
    readonly property HouseholdViewModel household: app.household
    readonly property bool owner: app.session.owner
    Component.onCompleted: household.reload()

    Loader { id: editor; active: false; sourceComponent: MemberSheet { app: section.app } }
    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    function edit(id, back) { editor.active = true; editor.item.ask(id, back) }

    Setting {
        query: section.query
        stacked: true
        title: qsTr("People")
        explanation: section.owner ? qsTr("Members see all libraries or some; children what is for their age.") : qsTr("Who else is on this server.")
        Column {
            width: section.width
            Repeater {
                model: section.household.members
                SettingsRow {
                    required property var modelData
                    iconName: "user"
                    title: modelData.name
                    detail: modelData.detail
                    IconButton { id: pen; visible: section.owner; iconName: "pencil"; iconSize: 18; color: Theme.secondary; text: qsTr("Edit %1").arg(modelData.name); onClicked: section.edit(modelData.id, pen) }
                    IconButton {
                        id: gone
                        visible: section.owner && modelData.name !== section.app.session.username
                        iconName: "trash-2"; iconSize: 18; color: Theme.secondary
                        text: qsTr("Remove %1").arg(modelData.name)
                        onClicked: { confirm.active = true; confirm.item.ask(qsTr("Remove %1?").arg(modelData.name), qsTr("Their playlists, ratings and history go too. This cannot be undone."), qsTr("Remove"), () => section.household.remove(modelData.id), gone) }
                    }
                }
            }
            AppButton { id: addButton; visible: section.owner; iconName: "user-plus"; text: qsTr("Add somebody"); onClicked: section.edit("", addButton) }
        }
    }
    component Limit: Setting {
        id: limit
        property string name: ""
        property var options: [null, 1, 2, 3, 5, 10]
        query: section.query
        wanted: section.owner && section.household.limited
        stacked: true
        Choice {
            width: section.width
            options: limit.options.map(n => ({value: n, text: n === null ? qsTr("Any number") : String(n)}))
            value: section.household.limits[limit.name] ?? null
            onPicked: (value) => section.household.setLimit(limit.name, value)
        }
    }
    Limit { name: "max_streams_each"; title: qsTr("Plays at once, each"); explanation: qsTr("How much one person may play at the same time.") }
    Limit { name: "max_streams"; title: qsTr("Plays at once, all together"); explanation: qsTr("How much the whole household may play at the same time.") }
    Limit { name: "max_devices"; title: qsTr("Devices, each"); explanation: qsTr("On how many devices one person may be signed in.") }
    Setting {
        query: section.query
        wanted: section.owner && section.household.limited
        stacked: true
        title: qsTr("One device too many")
        explanation: qsTr("Is refused, or takes the place of the one that was silent longest.")
        Choice {
            width: section.width
            options: [{value: "refuse", text: qsTr("Refuse it")}, {value: "replace", text: qsTr("Sign out the oldest")}]
            value: section.household.limits.when_full ?? "refuse"
            onPicked: (value) => section.household.setLimit("when_full", value)
        }
    }
    Label { visible: text !== ""; width: parent.width; text: section.household.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
}
