import QtQuick
import Marea
import Marea.App

// The devices that are there, and those that were.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property DevicesViewModel devices: app.devices
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin

    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    ListView {
        id: view
        objectName: "devices"
        anchors { fill: parent; leftMargin: page.side; rightMargin: page.side }
        focus: true
        activeFocusOnTab: true
        model: page.devices
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        bottomMargin: Theme.margin
        spacing: 2
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Devices")
        Keys.onReturnPressed: if (currentItem) currentItem.clicked()
        Keys.onEnterPressed: if (currentItem) currentItem.clicked()
        Keys.onDeletePressed: if (currentItem?.forgettable) currentItem.forgotten(view)   // its button is not reached by Tab
        header: Column {
            width: ListView.view.width
            bottomPadding: contested.visible ? 8 : 0
            PageTitle { width: parent.width; text: qsTr("Devices") }
            SettingsRow {
                id: contested
                visible: page.app.conflicts.count > 0
                height: visible ? 56 : 0
                width: Math.min(parent.width, 900)
                iconName: "triangle-alert"
                bad: true
                title: qsTr("%n value(s) were changed on several devices at once", "", page.app.conflicts.count)
                detail: qsTr("One holds; another can be chosen.")
                AppButton { text: qsTr("Look at them"); onClicked: page.app.navigator.go("conflicts") }
            }
        }
        delegate: DeviceRow {
            x: -8
            width: Math.min(ListView.view.width, 900) + 16
            onClicked: page.app.navigator.go("device", {deviceKey: key})
            onForgotten: (back) => { confirm.active = true; confirm.item.ask(qsTr("Forget %1?").arg(name), qsTr("What was set for it and its history go. The files on it stay."), qsTr("Forget"), () => page.devices.forget(key), back) }
        }
        footer: Column {
            width: Math.min(ListView.view.width, 900)
            EmptyState { width: parent.width; height: 220; visible: page.devices.count === 0; iconName: "smartphone"; text: qsTr("No device is plugged in."); detail: qsTr("Plug in a phone, a player or a stick, to put music and films on it.") }
            PairedComputers { width: parent.width; app: page.app }
        }
    }
}
