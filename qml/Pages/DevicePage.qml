import QtQuick
import Marea
import Marea.App

// One device: rules at the left, the plan at the right; on a narrow window one below the other.
FocusScope {
    id: page
    required property AppContext app
    required property string deviceKey
    property bool narrow: false
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property bool beside: width >= 860
    // One of which nothing is remembered goes when it is unplugged, and is another when it comes back.
    readonly property DeviceViewModel device: app.devices.count > 0 ? app.devices.device(deviceKey) : null
    property bool shown: false
    onDeviceChanged: if (device && shown) { device.open(); whole.focus = true }
    Component.onCompleted: { shown = true; if (device) device.open() }
    Component.onDestruction: if (device) device.close()

    EmptyState {
        anchors.fill: parent
        visible: !page.device
        iconName: "smartphone"
        text: qsTr("This device is not here.")
        detail: qsTr("It is shown again when it is plugged in.")
        actionText: qsTr("Devices")
        onAction: page.app.navigator.go("devices")
    }
    Loader {
        id: whole
        anchors.fill: parent
        active: page.device !== null
        focus: true
        sourceComponent: FocusScope {
            Flickable {
                id: left
                visible: page.beside
                x: page.side
                y: 8
                width: page.beside ? Math.min(400, Math.round(page.width * 0.4)) : 0
                height: parent.height - y
                contentHeight: leftColumn.height + Theme.margin
                boundsBehavior: Flickable.StopAtBounds
                clip: true
                Loader {
                    id: leftColumn
                    active: page.beside
                    width: left.width
                    sourceComponent: Column {
                        spacing: 8
                        DeviceHead { width: parent.width; device: page.device }
                        DeviceRules { width: parent.width; app: page.app; device: page.device }
                        DeviceHistory { width: parent.width; device: page.device }
                    }
                }
            }
            ListView {
                id: view
                objectName: "plan"
                anchors { left: page.beside ? left.right : parent.left; leftMargin: page.beside ? 32 : page.side; right: parent.right; rightMargin: page.side; top: parent.top; bottom: parent.bottom }
                focus: true
                activeFocusOnTab: true
                keyNavigationEnabled: true
                boundsBehavior: Flickable.StopAtBounds
                bottomMargin: Theme.margin
                clip: true
                model: page.device.plan
                // What stands above the rows grows when the plan comes: until somebody moves, its beginning is shown.
                property bool untouched: true
                onMovementStarted: untouched = false
                onCurrentIndexChanged: if (currentIndex > 0) untouched = false
                onCountChanged: if (untouched) Qt.callLater(positionViewAtBeginning)
                Connections {
                    target: view.headerItem
                    function onHeightChanged() { if (view.untouched) Qt.callLater(view.positionViewAtBeginning) }
                }
                highlightMoveDuration: 0
                highlight: Item { FocusRing { shown: view.activeFocus; offset: 0 } }
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Plan")
                header: Column {
                    width: ListView.view.width
                    topPadding: 12
                    bottomPadding: 12
                    spacing: 12
                    Loader {
                        width: parent.width
                        active: !page.beside
                        visible: active
                        sourceComponent: Column {
                            spacing: 8
                            DeviceHead { width: parent.width; device: page.device }
                            DeviceRules { width: parent.width; app: page.app; device: page.device }
                        }
                    }
                    DevicePlanHead { width: parent.width; device: page.device }
                }
                delegate: SettingsRow {
                    id: row
                    required property int index
                    required property string icon
                    required title
                    required detail
                    required property string sizeText
                    required property string action
                    width: ListView.view.width
                    iconName: icon
                    bad: action === "left_out" || action === "conflict"
                    Label { height: 36; verticalAlignment: Text.AlignVCenter; text: row.sizeText; color: Theme.secondary; tabular: true }
                }
                footer: Loader {
                    width: ListView.view.width
                    active: !page.beside
                    visible: active
                    sourceComponent: DeviceHistory { device: page.device }
                }
            }
        }
    }
}
