import QtQuick
import Marea
import Marea.App

// Somebody of the household: what they are, what they see, and how much at once.
Sheet {
    id: sheet
    required property AppContext app
    readonly property HouseholdViewModel household: app.household
    property string memberId: ""   // "": a new one
    property string role: "member"
    property int age: 12
    property bool unrated: false
    property bool all: true
    property var chosen: []        // ids of libraries, where not all
    property string problem: ""

    title: memberId === "" ? qsTr("Add somebody") : qsTr("Edit %1").arg(name.text)
    wide: 520
    first: memberId === "" ? name : password
    function ask(id, back) {
        const member = id === "" ? {} : household.member(id)
        memberId = id
        name.text = member.username ?? ""
        password.clear()
        role = member.role ?? "member"
        age = member.age_limit ?? 12
        unrated = member.unrated ?? false
        all = id === "" || !Array.isArray(member.libraries)
        chosen = Array.isArray(member.libraries) ? member.libraries : []
        streams.text = member.max_streams ?? ""
        devices.text = member.max_devices ?? ""
        problem = ""
        show(back)
    }
    function number(field) { return field.text === "" ? null : Number(field.text) }
    readonly property bool ready: name.text.trim() !== "" && (memberId !== "" || password.text !== "") && streams.fits && devices.fits
    function save() {
        if (!ready) return
        household.save(memberId, {username: name.text.trim(), password: password.text, role: role, age_limit: age, unrated: unrated,
                                  libraries: all ? null : chosen, max_streams: number(streams), max_devices: number(devices)})
    }
    Connections {
        target: sheet.household
        enabled: sheet.visible
        function onSaved() { sheet.close() }
        function onRefused(text) { sheet.problem = text }
    }
    component Heading: Label { topPadding: 4; weight: Font.Medium }
    component Number_: Field {
        readonly property bool fits: text === "" || acceptableInput
        width: 170
        placeholderText: qsTr("As for all")
        validator: IntValidator { bottom: 1; top: 1000 }
    }

    Field { id: name; width: parent.width; visible: sheet.memberId === ""; placeholderText: qsTr("Name"); maximumLength: 256; onAccepted: password.forceActiveFocus() }
    Field { id: password; width: parent.width; secret: true; placeholderText: sheet.memberId === "" ? qsTr("Password") : qsTr("New password, or leave it as it is"); onAccepted: sheet.save() }
    Choice {
        width: parent.width
        options: [{value: "member", text: qsTr("Member")}, {value: "child", text: qsTr("Child")}, {value: "owner", text: qsTr("Owner")}]
        value: sheet.role
        onPicked: (value) => sheet.role = value
    }
    Column {
        visible: sheet.role === "child"
        width: parent.width
        spacing: 8
        Heading { text: qsTr("For the age of, at most") }
        Choice { width: parent.width; options: sheet.household.ages; value: sheet.age; onPicked: (value) => sheet.age = value }
        Chip { checkable: true; checked: sheet.unrated; text: qsTr("Also titles without a rating"); onClicked: { sheet.unrated = checked; checked = Qt.binding(() => sheet.unrated) } }
    }
    Column {
        width: parent.width
        spacing: 8
        visible: sheet.role !== "owner"
        Heading { text: qsTr("Libraries") }
        Flow {
            width: parent.width
            spacing: 8
            Chip { checkable: true; checked: sheet.all; text: qsTr("All, also those to come"); onClicked: { sheet.all = checked; checked = Qt.binding(() => sheet.all) } }
            Repeater {
                model: sheet.all ? [] : sheet.app.libraries.entries
                Chip {
                    required property var modelData
                    text: modelData.name
                    checkable: true
                    checked: sheet.chosen.includes(modelData.id)
                    onClicked: {
                        sheet.chosen = checked ? sheet.chosen.concat([modelData.id]) : sheet.chosen.filter(id => id !== modelData.id)
                        checked = Qt.binding(() => sheet.chosen.includes(modelData.id))
                    }
                }
            }
        }
    }
    Row {
        spacing: 16
        Column { spacing: 4; Heading { text: qsTr("Plays at once") } Number_ { id: streams; label: qsTr("Plays at once") } }
        Column { spacing: 4; Heading { text: qsTr("Devices") } Number_ { id: devices; label: qsTr("Devices") } }
    }
    Label { visible: sheet.memberId !== ""; width: parent.width; text: qsTr("A new role or password signs them out everywhere."); color: Theme.secondary; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; elide: Text.ElideNone }
    Label { visible: text !== ""; width: parent.width; text: sheet.problem; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    buttons: [
        AppButton { primary: true; enabled: sheet.ready; text: sheet.memberId === "" ? qsTr("Add") : qsTr("Save"); onClicked: sheet.save() },
        AppButton { quiet: true; text: qsTr("Cancel"); onClicked: sheet.close() }
    ]
}
