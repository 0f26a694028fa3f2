import QtQuick
import Marea
import Marea.App

// What was changed on several devices at once: all values, which one holds, and the choice of another.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property ConflictsViewModel conflicts: app.conflicts
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    Component.onCompleted: conflicts.reload()

    ListView {
        id: view
        objectName: "conflicts"
        anchors { fill: parent; leftMargin: page.side; rightMargin: page.side }
        focus: true
        activeFocusOnTab: true
        keyNavigationEnabled: true
        model: page.conflicts
        spacing: 12
        bottomMargin: Theme.margin
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Conflicts")
        header: Column {
            width: Math.min(ListView.view.width, 900)
            bottomPadding: 16
            spacing: 12
            PageTitle { text: qsTr("Conflicts"); count: page.conflicts.count }
            Label { width: parent.width; visible: page.conflicts.count > 0; text: qsTr("These were changed on several devices that did not know of each other. One value holds; another can be chosen."); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
            Label { width: parent.width; visible: text !== "" && !unread.visible; text: page.conflicts.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
            AppButton { visible: page.conflicts.count > 1; enabled: !page.conflicts.busy; text: qsTr("Keep what holds, of all"); onClicked: page.conflicts.keepAll() }
        }
        delegate: ConflictCard {
            width: Math.min(ListView.view.width, 900)
            enabled: !page.conflicts.busy
            onChosen: (which) => page.conflicts.choose(index, which)
            Component.onCompleted: page.conflicts.learnTitle(index)
        }
        footer: Item {
            width: ListView.view.width
            height: visible ? 260 : 0
            visible: page.conflicts.loaded && !page.conflicts.failed && page.conflicts.count === 0
            EmptyState { anchors.fill: parent; iconName: "circle-check"; text: qsTr("Nothing is contested."); detail: qsTr("What several devices change at once is listed here.") }
        }
    }
    EmptyState {
        id: unread
        anchors { fill: parent; topMargin: 120 }
        visible: page.conflicts.failed && page.conflicts.count === 0
        failed: true
        iconName: "wifi-off"
        text: page.conflicts.errorText
        actionText: qsTr("Try again")
        onAction: page.conflicts.reload()
    }
}
